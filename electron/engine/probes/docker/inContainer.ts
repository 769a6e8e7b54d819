import type { NodeHandle } from '../../environments/environment.ts';
import { type ContainerSummary, containersOf, firstPid, nameOf } from './objects.ts';

/** The node with `net` in the network namespace of this container; null when it does not run. */
export const besideContainer = async (
  node: NodeHandle,
  container: Pick<ContainerSummary, 'Id'>,
): Promise<NodeHandle | null> => {
  const pid = await firstPid(node, container);
  if (pid === 0) return null;
  const process = (await node.processes()).find((each) => each.pid === pid);
  return process ? node.beside(process) : null;
};

/** The same by name; null when there is no such container, or when it does not run. */
export const inContainer = async (node: NodeHandle, name: string): Promise<NodeHandle | null> => {
  const found = (await containersOf(node)).find((container) => nameOf(container) === name);
  return found ? besideContainer(node, found) : null;
};

/** Milliseconds that finding a container may take: its list, itself, and the processes of the node. */
export const CONTAINER_LIMIT = 9000;
