import { randomBytes } from 'node:crypto';
import type { Agent } from '../../agent/agent.ts';
import type { DockerTopology } from '../../catalog/expanded.ts';
import type { Docker } from '../../docker/docker.ts';
import type { RunningStep } from '../../progress/stepList.ts';
import { equipNodes, isEquipped } from '../hosts/equipNode.ts';
import { HostsEnvironment } from '../hosts/hostsEnvironment.ts';
import type { Pool } from '../hosts/pool.ts';
import type { HostsProvider } from '../hosts/provider.ts';
import { runningPid } from '../hosts/runningPid.ts';
import { runWiring } from '../hosts/runWiring.ts';
import { wiringScript } from '../hosts/wiring.ts';
import { whileRunning } from '../kubernetes/start/whileRunning.ts';
import { containerName, type NodeProcess } from '../nodeProcess.ts';
import type { Containers, Provider, StartRequest } from '../provider.ts';
import { type EngineKind, engineSpec } from './containers.ts';
import { diagnosed } from './diagnosis.ts';
import { enginesAnswer } from './enginesAnswer.ts';

export interface DockerOptions {
  readonly docker: Docker;
  readonly agent: Agent;
  readonly kind: EngineKind;
  /** Makes the nodes without an engine. */
  readonly pool: Pool;
  /** Links, revivals and ends are those of any nodes. */
  readonly hosts: HostsProvider;
  /** Resolves when the image is there; tells meanwhile what it is at. */
  prepareImages(step: RunningStep, signal: AbortSignal): Promise<void>;
}

/** Milliseconds. A dozen times what a laptop with two cores takes. */
const LIMIT = 30_000;

/** Environments of kind `docker`: nodes with real links, of which some run a Docker Engine of their own, apart from the one that runs them. */
export class DockerProvider implements Provider<DockerTopology> {
  /** Engines without containers do little by themselves, and what their containers do is the learner's. */
  readonly pausing = null;
  readonly #options: DockerOptions;
  readonly #docker: Docker;
  readonly #agent: Agent;
  readonly #hosts: HostsProvider;

  constructor(options: DockerOptions) {
    this.#options = options;
    this.#docker = options.docker;
    this.#agent = options.agent;
    this.#hosts = options.hosts;
  }

  async start({ topology, run, signal, step, adopt }: StartRequest<DockerTopology>): Promise<HostsEnvironment> {
    let containers: Containers = {};
    let environment: HostsEnvironment | null = null;
    try {
      await step('images', (running) => this.#options.prepareImages(running, signal));
      const nodes = await step('nodes', async () => {
        containers = await this.#create(topology);
        await adopt(containers);
        return this.#startAll(run, containers);
      });
      const pids = new Map(nodes.map(({ name, pid }) => [name, pid]));
      await step('links', () => runWiring(this.#agent, wiringScript(topology, pids, new Set(pids.keys()))));
      await step('engines', () => this.#enginesAnswer(topology, nodes, signal));
      if (isEquipped(topology)) await step('equipment', () => equipNodes(this.#docker, topology, nodes));
      environment = new HostsEnvironment(this.#docker, this.#agent, topology, nodes, new Map());
      return environment;
    } catch (thrown) {
      const error = await diagnosed(this.#docker, containers, thrown);
      await this.destroy(Object.values(containers)).catch(() => undefined);
      throw error;
    }
  }

  resume(run: string, topology: DockerTopology, containers: Containers): Promise<HostsEnvironment> {
    return this.#hosts.resume(run, topology, containers);
  }

  /** Starts what stopped, and waits for the engines: what a learner's containers were doing, an engine takes up by itself where it was told to. */
  async mend(environment: HostsEnvironment): Promise<void> {
    const stopped = new Set(environment.stopped);
    await this.#hosts.mend(environment);
    const nodes = [...stopped].map((name) => environment.process(name));
    await this.#enginesAnswer(environment.topology, nodes, new AbortController().signal);
  }

  destroy(containers: readonly string[]): Promise<void> {
    return this.#hosts.destroy(containers);
  }

  /** Under names that no run has: those of an earlier environment of the run may not be free yet. All of them or none. */
  async #create({ nodes }: DockerTopology): Promise<Containers> {
    const { kind, pool } = this.#options;
    const made = await Promise.allSettled(
      nodes.map(async (node) => {
        const name = `patchbay-new-${randomBytes(5).toString('hex')}-${node.name}`;
        return [
          node.name,
          await (node.engine ? this.#docker.create(engineSpec(kind, name)) : pool.make(name, node.profile)),
        ];
      }),
    );
    const containers = Object.fromEntries(made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
    const failed = made.find((each) => each.status === 'rejected');
    if (!failed) return containers;
    await this.destroy(Object.values(containers));
    throw failed.reason;
  }

  #startAll(run: string, containers: Containers): Promise<NodeProcess[]> {
    return Promise.all(
      Object.entries(containers).map(async ([name, container]) => {
        await this.#docker.rename(container, containerName(run, name));
        await this.#docker.start(container);
        return { name, container, pid: await runningPid(this.#docker, container) };
      }),
    );
  }

  #enginesAnswer(
    topology: HostsEnvironment['topology'],
    nodes: readonly NodeProcess[],
    signal: AbortSignal,
  ): Promise<void> {
    const engines = nodes.filter(({ name }) => topology.nodes.some((node) => node.name === name && node.engine));
    return whileRunning(this.#docker, engines, signal, () => enginesAnswer(this.#agent, engines, LIMIT));
  }
}
