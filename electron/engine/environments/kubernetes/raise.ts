import type { ClusterTopology } from '../../catalog/expanded.ts';
import type { RunningStep } from '../../progress/stepList.ts';
import type { NodeProcess } from '../nodeProcess.ts';
import type { Containers } from '../provider.ts';
import { createContainers, fillNodes, linkNodes, startContainers, type Workshop } from './assembly.ts';
import { ClusterEnvironment } from './clusterEnvironment.ts';
import { GATEWAY } from './containers.ts';
import type { FrozenCluster } from './frozen/store.ts';
import { credentialsIn } from './kubeApi/credentials.ts';
import { apiListens, clockOfNodes, dnsAnswers, nodesAreReady } from './start/milestones.ts';
import { whileRunning } from './start/whileRunning.ts';

/** Milliseconds. A dozen times what a laptop with two cores takes. */
export const LIMITS = { api: 90_000, ready: 90_000, dns: 90_000 };

export interface Raising {
  /** The run's id, or a word for what it is made for. */
  readonly run: string;
  readonly topology: ClusterTopology;
  readonly signal: AbortSignal;
  step<Result>(id: string, work: (step: RunningStep) => Promise<Result>): Promise<Result>;
  /** Told as soon as they are made, so that they can be removed whatever happens. Nothing has been started when it is called. */
  made(containers: Containers): Promise<void>;
}

/** A cluster out of its frozen state: containers, cables, and then until it can be used. What was made when it rejects is still there. */
export const raiseCluster = async (
  workshop: Workshop,
  frozen: FrozenCluster,
  { run, topology, signal, step, made }: Raising,
): Promise<ClusterEnvironment> => {
  const { docker, agent } = workshop;
  const since = await clockOfNodes(agent);
  const processes = await step('nodes', async () => {
    const containers = await createContainers(workshop, topology, 'new');
    await Promise.all([
      made(containers),
      fillNodes(workshop, topology, containers, ({ name }) => ({ tar: frozen.nodes.get(name) })),
    ]);
    return startContainers(docker, containers);
  });
  await step('links', () => linkNodes(agent, topology, processes, frozen.overlay));
  const environment = new ClusterEnvironment(workshop, run, topology, processes, credentialsIn(frozen.kubeconfig));
  try {
    await whileRunning(docker, processes, signal, () => milestones(workshop, environment, since, step));
    return environment;
  } catch (error) {
    environment.close();
    throw error;
  }
};

/** What the learner can use: the API answers, every node has reported since the start, and names are resolved on every node. */
const milestones = async (
  { agent }: Workshop,
  environment: ClusterEnvironment,
  since: number,
  step: Raising['step'],
): Promise<void> => {
  const { topology, kube, controlPlane } = environment;
  const nodes: NodeProcess[] = environment.processes.filter(({ name }) => name !== GATEWAY);
  await step('api', () => apiListens(agent, controlPlane, LIMITS.api));
  // Side by side: each shows its own time.
  await Promise.all([
    step('ready', ({ detail }) => nodesAreReady(kube, topology, since, LIMITS.ready, detail)),
    step('dns', () => dnsAnswers(agent, nodes, topology.dnsAddress, LIMITS.dns)),
  ]);
};
