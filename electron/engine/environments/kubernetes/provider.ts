import { join } from 'node:path';
import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import type { ClusterTopology } from '../../catalog/expanded.ts';
import type { Docker } from '../../docker/docker.ts';
import { label } from '../../docker/labels.ts';
import { type RunningStep, unseenStep } from '../../progress/stepList.ts';
import { containerName, containersGone, type NodeProcess } from '../nodeProcess.ts';
import type { Containers, Provider, StartRequest } from '../provider.ts';
import { containerOf, removeContainers, type Workshop } from './assembly.ts';
import { ClusterEnvironment } from './clusterEnvironment.ts';
import { type ClusterKind, GATEWAY } from './containers.ts';
import { freeze } from './frozen/freeze.ts';
import { type FrozenCluster, type FrozenKey, FrozenStore } from './frozen/store.ts';
import { type Credentials, credentialsIn } from './kubeApi/credentials.ts';
import { makeCluster } from './kubeadm/makeCluster.ts';
import { ClusterPausing } from './pausing.ts';
import type { EngineTraits } from './privileges.ts';
import { LIMITS, raiseCluster } from './raise.ts';
import { ClusterStandby } from './standby.ts';
import { diagnosed } from './start/diagnosis.ts';
import { apiListens, clockOfNodes, nodesAreReady } from './start/milestones.ts';
import { whileRunning } from './start/whileRunning.ts';
import { whyNotHere } from './start/whyNotHere.ts';

export interface ClusterOptions {
  readonly docker: Docker;
  readonly agent: Agent;
  readonly kind: ClusterKind;
  /** Where frozen clusters and logs of failures are kept. */
  readonly stateDir: string;
  /** Resolves when the images are there; tells meanwhile what it is at. */
  prepareImages(step: RunningStep, signal: AbortSignal): Promise<void>;
}

/** Environments of kind `kubernetes`: clusters that kubeadm made once on this machine, restored at each start. */
export class ClusterProvider implements Provider<ClusterTopology> {
  readonly pausing: ClusterPausing;
  readonly #options: ClusterOptions;
  readonly #docker: Docker;
  readonly #agent: Agent;
  readonly #store: FrozenStore;
  readonly #standby: ClusterStandby;
  #traits: EngineTraits | null = null;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#docker = options.docker;
    this.#agent = options.agent;
    this.#store = new FrozenStore(options.stateDir);
    this.pausing = new ClusterPausing(options.docker, options.agent);
    this.#standby = new ClusterStandby(this.pausing);
  }

  async start(request: StartRequest<ClusterTopology>): Promise<ClusterEnvironment> {
    const { topology, run, signal, step } = request;
    let containers: Containers = {};
    const onContainers = (made: Containers) => {
      containers = made;
    };
    const made = async (now: Containers) => {
      onContainers(now);
      await request.adopt(now);
      await this.#name(run, now);
    };
    const why = await whyNotHere(this.#options, 0);
    if (why) throw why;
    try {
      await step('images', (running) => this.#options.prepareImages(running, signal));
      const workshop = await this.#workshop();
      const frozen = await step('state', (running) => this.#frozen(workshop, topology, running, signal, onContainers));
      const standing = await this.#standby.take(workshop, topology);
      if (!standing) return await raiseCluster(workshop, frozen, { run, topology, signal, step, made });
      await step('nodes', () => made(Object.fromEntries(standing.map(({ name, container }) => [name, container]))));
      return await step('api', () => this.#standby.wake(workshop, run, topology, standing, frozen));
    } catch (thrown) {
      const error = await this.#diagnosed(run, containers, thrown);
      await removeContainers(this.#docker, Object.values(containers)).catch(() => undefined);
      throw error;
    }
  }

  /** Why one more cluster of so many nodes cannot be carried here, before anything of it is made; null where it can. */
  whyNotHere(nodes: number): Promise<LabError | null> {
    return whyNotHere(this.#options, this.#standby.variantFor(nodes) === null ? nodes : 0);
  }

  /** The variant of the cluster that stands by for so many nodes: a run of it starts at once. Null when none does. */
  standingBy(nodes: number): string | null {
    return this.#standby.variantFor(nodes);
  }

  /** Makes a cluster that stands by for the next run like it, in place of the one before. */
  standBy(topology: ClusterTopology, signal: AbortSignal): Promise<void> {
    return this.#ahead(topology, signal, (workshop, frozen) => this.#standby.fill(workshop, topology, frozen, signal));
  }

  /** Removes what stands by. */
  standDown(): Promise<void> {
    return this.#standby.drain({ docker: this.#docker });
  }

  /** Whether a cluster like this was made on this machine already, so that it is only restored. */
  isFrozen(topology: ClusterTopology): Promise<boolean> {
    return this.#store.has(this.#key(topology));
  }

  /** Makes what a start of a cluster like this would have to make first. */
  freezeAhead(topology: ClusterTopology, signal: AbortSignal): Promise<void> {
    return this.#ahead(topology, signal, async () => undefined);
  }

  async resume(run: string, topology: ClusterTopology, containers: Containers): Promise<ClusterEnvironment> {
    const states = await Promise.all(
      Object.entries(containers).map(async ([name, container]) => {
        const state = await this.#docker.inspect(container);
        if (state && state.name !== containerName(run, name))
          await this.#docker.rename(container, containerName(run, name));
        return { name, container, pid: state?.pid ?? 0, paused: state?.state === 'paused' };
      }),
    );
    const processes: NodeProcess[] = states.map(({ name, container, pid }) => ({ name, container, pid }));
    const credentials = await this.#credentials(topology, containers);
    const environment = new ClusterEnvironment(this.#options, run, topology, processes, credentials);
    try {
      if (states.some(({ paused }) => paused)) await this.pausing.unpause(environment);
      else await this.pausing.unstick(environment);
      await environment.relinked();
      return environment;
    } catch (error) {
      environment.close();
      throw error;
    }
  }

  async mend(environment: ClusterEnvironment): Promise<void> {
    const { run, topology } = environment;
    const stopped = environment.stopped;
    const containers = Object.fromEntries(environment.processes.map(({ name, container }) => [name, container]));
    const found = await Promise.all(stopped.map((name) => this.#docker.inspect(containerOf(containers, name))));
    const gone = stopped.filter((_, index) => found[index] === null);
    if (gone.length > 0) throw containersGone(gone);
    if (stopped.length === 0) return;
    try {
      const since = await clockOfNodes(this.#agent);
      // The gateway first: nodes wait for their cable.
      for (const name of [GATEWAY, ...stopped.filter((each) => each !== GATEWAY)])
        if (stopped.includes(name)) await this.#docker.start(containerOf(containers, name));
      await environment.relinked();
      await whileRunning(this.#docker, environment.processes, new AbortController().signal, async () => {
        await apiListens(this.#agent, environment.controlPlane, LIMITS.api);
        await nodesAreReady(environment.kube, topology, since, LIMITS.ready, () => undefined);
      });
    } catch (error) {
      throw await this.#diagnosed(run, containers, error);
    }
  }

  destroy(containers: readonly string[]): Promise<void> {
    return removeContainers(this.#docker, containers);
  }

  /** What goes on in the background: it shows no steps, and leaves nothing when it fails. */
  async #ahead(
    topology: ClusterTopology,
    signal: AbortSignal,
    then: (workshop: Workshop, frozen: FrozenCluster) => Promise<void>,
  ): Promise<void> {
    const workshop = await this.#workshop();
    let containers: Containers = {};
    try {
      await this.#options.prepareImages(unseenStep, signal);
      const frozen = await this.#frozen(workshop, topology, unseenStep, signal, (made) => {
        containers = made;
      });
      await then(workshop, frozen);
    } catch (error) {
      await removeContainers(this.#docker, Object.values(containers)).catch(() => undefined);
      throw error;
    }
  }

  /** The kept state of a cluster like this; made now when there is none. */
  async #frozen(
    workshop: Workshop,
    topology: ClusterTopology,
    step: RunningStep,
    signal: AbortSignal,
    onContainers: (containers: Containers) => void,
  ): Promise<FrozenCluster> {
    const kept = await this.#store.read(this.#key(topology));
    if (kept) return kept;
    step.usually(60);
    const made = await makeCluster(workshop, topology, {
      onContainers,
      detail: (text) => step.detail(text),
      signal,
      plain: false,
    });
    step.detail('keeping its state');
    const frozen = await freeze(workshop, topology, made);
    const first = await this.#store.write(this.#key(topology), frozen);
    await removeContainers(this.#docker, Object.values(made.containers));
    onContainers({});
    return first;
  }

  #key({ variant, nodes }: ClusterTopology, nodeImage = this.#options.kind.nodeImage): FrozenKey {
    return {
      nodeImage,
      variant: variant.name,
      nodes: nodes.map(({ name }) => name),
    };
  }

  /** Of a cluster that an earlier engine made: from its frozen state, or, where that is gone, from its own files. */
  async #credentials(topology: ClusterTopology, containers: Containers): Promise<Credentials> {
    const [controlPlane] = topology.nodes;
    const container = containerOf(containers, controlPlane?.name ?? '');
    // An earlier version of Patchbay may have made it: the state of another image has other keys.
    const image = (await this.#docker.inspect(container))?.labels[label.unit];
    const frozen = await this.#store.read(this.#key(topology, image));
    if (frozen) return credentialsIn(frozen.kubeconfig);
    const own = await this.#docker.readFile(container, '/etc/kubernetes/admin.conf');
    if (own) return credentialsIn(Buffer.from(own).toString());
    throw new LabError('environment-failed', "The cluster's keys are not there any more.", {
      hint: 'Reset the environment: the cluster is made anew.',
      data: { node: controlPlane?.name },
    });
  }

  async #name(run: string, containers: Containers): Promise<void> {
    await Promise.all(
      Object.entries(containers).map(([node, container]) => this.#docker.rename(container, containerName(run, node))),
    );
  }

  async #workshop(): Promise<Workshop> {
    this.#traits ??= await this.#docker.info();
    const { docker, agent, kind } = this.#options;
    return { docker, agent, kind, traits: this.#traits };
  }

  #diagnosed(run: string, containers: Containers, error: unknown): Promise<LabError> {
    return diagnosed(this.#docker, containers, join(this.#options.stateDir, 'logs'), run, error);
  }
}
