import type { LinkedTopology } from '../../catalog/expanded.ts';
import type { Docker } from '../../docker/docker.ts';
import type { NodeProcess } from '../nodeProcess.ts';
import { runUnseen, type Unseen } from '../unseen/runUnseen.ts';

/** Docker makes this one anew at each start of a container. All other files of a node stay, with what the learner made of them. */
const MADE_ANEW = '/etc/resolv.conf';

/** Whether a lab asks for anything beyond links and addresses. */
export const isEquipped = ({ nodes }: LinkedTopology): boolean =>
  nodes.some((node) => thingsOf(node, 'first').length > 0);

/** Writes the node's files and runs its lines of start. Rejects as `runUnseen` does; nothing is asked of Docker where there are none. */
export const equipNode = (
  docker: Pick<Docker, 'execToEnd'>,
  { nodes }: LinkedTopology,
  process: Pick<NodeProcess, 'name' | 'container'>,
  time: 'first' | 'again',
): Promise<void> => {
  const node = nodes.find(({ name }) => name === process.name);
  return runUnseen(docker, process, node ? thingsOf(node, time) : []);
};

/** All nodes, side by side, each when it is `awake`. The first failure is told when nothing is under way any more. */
export const equipNodes = async (
  docker: Pick<Docker, 'execToEnd'>,
  topology: LinkedTopology,
  processes: readonly NodeProcess[],
  awake: (node: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const equipped = processes.map(async (process) => {
    await awake(process.name);
    await equipNode(docker, topology, process, 'first');
  });
  await Promise.allSettled(equipped);
  await Promise.all(equipped);
};

const thingsOf = ({ files, start }: LinkedTopology['nodes'][number], time: 'first' | 'again'): Unseen[] => [
  ...files
    .filter(({ path }) => time === 'first' || path === MADE_ANEW)
    .map((file): Unseen => ({ do: 'file', ...file })),
  ...start.map((line): Unseen => ({ do: 'run', line })),
];
