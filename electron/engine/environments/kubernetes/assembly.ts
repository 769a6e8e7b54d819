import { randomBytes } from 'node:crypto';
import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import type { ClusterNode, ClusterPlan } from '../../catalog/cluster/plan.ts';
import type { Docker } from '../../docker/docker.ts';
import type { NodeProcess } from '../nodeProcess.ts';
import type { Containers } from '../provider.ts';
import { type ArchivedFile, archiveOf } from './archive.ts';
import { type ClusterKind, GATEWAY, gatewaySpec, nodeSpec } from './containers.ts';
import { nodeFiles } from './nodeFiles.ts';
import { type OverlayEnd, overlayScript } from './overlay.ts';
import type { EngineTraits } from './privileges.ts';
import { type ClusterPids, clusterWiring } from './wiring.ts';

/** What clusters are made with. */
export interface Workshop {
  readonly docker: Docker;
  readonly agent: Agent;
  readonly kind: ClusterKind;
  readonly traits: EngineTraits;
}

/** Milliseconds: dozens of links on a busy laptop, and the gateway's own start. */
const WIRING_DEADLINE = 20_000;

/** Containers of one cluster, made but not started, under names that no run has. All of them or none. */
export const createContainers = async (
  { docker, kind, traits }: Workshop,
  plan: ClusterPlan,
  use: string,
): Promise<Containers> => {
  const nameFor = (node: string) => `patchbay-${use}-${randomBytes(5).toString('hex')}-${node}`;
  const specs = [
    [GATEWAY, gatewaySpec(kind, plan, nameFor(GATEWAY))] as const,
    ...plan.nodes.map(({ name }) => [name, nodeSpec(kind, traits, nameFor(name), name)] as const),
  ];
  const made = await Promise.allSettled(specs.map(async ([name, spec]) => [name, await docker.create(spec)] as const));
  const containers = Object.fromEntries(made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
  const failed = made.find((each) => each.status === 'rejected');
  if (!failed) return containers;
  await removeContainers(docker, Object.values(containers));
  throw failed.reason;
};

/** Who the nodes are, and what each of them is to hold beside. Before they are started. */
export const fillNodes = async (
  { docker }: Workshop,
  plan: ClusterPlan,
  containers: Containers,
  more: (node: ClusterNode) => { tar?: Uint8Array | undefined; files?: readonly ArchivedFile[] },
): Promise<void> => {
  await Promise.all(
    plan.nodes.map(async (node) => {
      const { tar, files = [] } = more(node);
      const container = containerOf(containers, node.name);
      if (tar) await docker.writeArchive(container, '/', tar);
      await docker.writeArchive(container, '/', await archiveOf([...nodeFiles(plan, node), ...files]));
    }),
  );
};

/** Starts all of them side by side. Those that run already are no failure. */
export const startContainers = async (docker: Docker, containers: Containers): Promise<readonly NodeProcess[]> =>
  Promise.all(
    Object.entries(containers).map(async ([name, container]) => {
      await docker.start(container);
      const state = await docker.inspect(container);
      if (state?.pid) return { name, container, pid: state.pid };
      const log = await docker.logs(container, 10).catch(() => '');
      throw new LabError('environment-failed', `${name} ended as soon as it was started.`, {
        hint: 'Try again. If it stays so, `patchbay doctor` looks at Docker more closely.',
        data: { node: name, component: 'entrypoint', log: log.split('\n') },
      });
    }),
  );

/** Joins the nodes among these processes to the gateway, and, where it is known, the pods' networks of all of them to each other. */
export const linkNodes = async (
  agent: Agent,
  plan: ClusterPlan,
  processes: readonly NodeProcess[],
  overlay: readonly OverlayEnd[] = [],
): Promise<void> => {
  const pids = pidsOf(processes);
  const script = [clusterWiring(plan, pids), overlayScript(plan, overlay, pids.nodes)].join('\n');
  const { exit, stderr } = await agent.run(script, { deadlineMs: WIRING_DEADLINE });
  if (exit === 0) return;
  const log = stderr.trim().split('\n');
  throw new LabError('environment-failed', `The network of the nodes could not be made: ${log.slice(-2).join(' ')}`, {
    hint: 'Try again. If it stays so, `patchbay doctor` says whether this kernel has what a cluster needs (veth, bridge, vxlan).',
    data: { component: 'links', log: log.slice(-10) },
  });
};

/** Resolves when none of them is there any more; each takes its volume with it, and its end of every cable. */
export const removeContainers = async (docker: Docker, ids: readonly string[]): Promise<void> => {
  await Promise.all(ids.map((id) => docker.remove(id)));
};

export const containerOf = (containers: Containers, node: string): string => {
  const container = containers[node];
  if (container === undefined) throw new Error(`The cluster has no container ${node}.`);
  return container;
};

const pidsOf = (processes: readonly NodeProcess[]): ClusterPids => ({
  gateway: processes.find(({ name }) => name === GATEWAY)?.pid ?? 0,
  nodes: new Map(
    processes.filter(({ name, pid }) => name !== GATEWAY && pid !== 0).map(({ name, pid }) => [name, pid]),
  ),
});
