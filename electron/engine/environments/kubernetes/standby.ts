import type { ClusterTopology } from '../../catalog/expanded.ts';
import { unseenStep } from '../../progress/stepList.ts';
import type { NodeProcess } from '../nodeProcess.ts';
import type { Containers } from '../provider.ts';
import { removeContainers, type Workshop } from './assembly.ts';
import { ClusterEnvironment } from './clusterEnvironment.ts';
import { GATEWAY } from './containers.ts';
import type { FrozenCluster } from './frozen/store.ts';
import { credentialsIn } from './kubeApi/credentials.ts';
import type { ClusterPausing } from './pausing.ts';
import { raiseCluster } from './raise.ts';
import { podsSettled } from './start/podsSettled.ts';
import { newCards } from './wiring.ts';

interface Standing {
  readonly topology: ClusterTopology;
  readonly frozen: FrozenCluster;
  readonly processes: readonly NodeProcess[];
}

/** Milliseconds that a cluster gets to have all its pods running before it is put to sleep. */
const SETTLE = 90_000;

/**
 * One finished cluster that stands still, for the next run of the same size and variant. It belongs to nobody: an engine that finds one of an earlier
 * engine removes it.
 */
export class ClusterStandby {
  readonly #pausing: ClusterPausing;
  #standing: Standing | null = null;

  constructor(pausing: ClusterPausing) {
    this.#pausing = pausing;
  }

  /** The variant's name of what stands by for so many nodes; null when nothing does. */
  variantFor(nodes: number): string | null {
    const topology = this.#standing?.topology;
    return topology?.nodes.length === nodes ? topology.variant.name : null;
  }

  /** Makes one and puts it to sleep, in place of the one before. Rejects with nothing left behind. */
  async fill(workshop: Workshop, topology: ClusterTopology, frozen: FrozenCluster, signal: AbortSignal): Promise<void> {
    await this.drain(workshop);
    let containers: Containers = {};
    try {
      const environment = await raiseCluster(workshop, frozen, {
        run: 'standby',
        topology,
        signal,
        step: (_, work) => work(unseenStep),
        async made(now) {
          containers = now;
        },
      });
      try {
        await podsSettled(environment.kube, SETTLE, signal);
        await this.#pausing.pause(environment);
      } finally {
        environment.close();
      }
      this.#standing = { topology, frozen, processes: environment.processes };
    } catch (error) {
      await removeContainers(workshop.docker, Object.values(containers)).catch(() => undefined);
      throw error;
    }
  }

  /** What stands by, if it is like this; it is the caller's from then on, still asleep. With the cards of the new run. */
  async take(workshop: Workshop, topology: ClusterTopology): Promise<readonly NodeProcess[] | null> {
    const standing = this.#standing;
    if (!standing || !isLike(standing.topology, topology)) return null;
    this.#standing = null;
    const pids = new Map(standing.processes.map(({ name, pid }) => [name, pid]));
    const states = await Promise.all(standing.processes.map(({ container }) => workshop.docker.inspect(container)));
    const whole = states.every(
      (state, index) => state?.state === 'paused' && state.pid === standing.processes[index]?.pid,
    );
    const gateway = pids.get(GATEWAY);
    const changed =
      whole &&
      gateway !== undefined &&
      (await workshop.agent.run(newCards(topology, { gateway, nodes: pids })).catch(() => null))?.exit === 0;
    if (changed) return standing.processes;
    await removeContainers(
      workshop.docker,
      standing.processes.map(({ container }) => container),
    ).catch(() => undefined);
    return null;
  }

  /** Wakes what `take` gave; resolves when its API answers. */
  async wake(
    workshop: Workshop,
    run: string,
    topology: ClusterTopology,
    processes: readonly NodeProcess[],
    frozen: FrozenCluster,
  ): Promise<ClusterEnvironment> {
    const environment = new ClusterEnvironment(workshop, run, topology, processes, credentialsIn(frozen.kubeconfig));
    try {
      await this.#pausing.unpause(environment);
      await environment.kube.get('/api/v1/nodes', { deadlineMs: 15_000 });
      return environment;
    } catch (error) {
      environment.close();
      throw error;
    }
  }

  /** Removes what stands by. */
  async drain({ docker }: Pick<Workshop, 'docker'>): Promise<void> {
    const standing = this.#standing;
    this.#standing = null;
    if (standing)
      await removeContainers(
        docker,
        standing.processes.map(({ container }) => container),
      );
  }
}

const isLike = (a: ClusterTopology, b: ClusterTopology): boolean =>
  a.variant.name === b.variant.name &&
  a.nodes.map(({ name }) => name).join() === b.nodes.map(({ name }) => name).join();
