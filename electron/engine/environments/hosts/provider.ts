import type { Agent } from '../../agent/agent.ts';
import type { LinkedTopology } from '../../catalog/expanded.ts';
import type { Docker } from '../../docker/docker.ts';
import { containerName, containersGone, type NodeProcess } from '../nodeProcess.ts';
import type { Containers, Provider, StartRequest } from '../provider.ts';
import { equipNodes, isEquipped } from './equipNode.ts';
import { HostsEnvironment, type Waking } from './hostsEnvironment.ts';
import type { Pool } from './pool.ts';
import { runWiring } from './runWiring.ts';
import { type TakenNode, takeNodes } from './takeNodes.ts';
import { linkedFile, wiringScript } from './wiring.ts';

/** Environments of nodes with real links: one container a node, real veth links, nothing on the host's own network. */
export class HostsProvider implements Provider<LinkedTopology> {
  /** Nodes do so little by themselves that nobody needs them to stand still. */
  readonly pausing = null;
  readonly #docker: Docker;
  readonly #agent: Agent;
  readonly #pool: Pool;

  constructor(docker: Docker, agent: Agent, pool: Pool) {
    this.#docker = docker;
    this.#agent = agent;
    this.#pool = pool;
  }

  /**
   * From nothing to linked nodes, which may still be waking up; where the lab starts something in a node, it has begun. What was taken and could not
   * be finished is removed again.
   */
  async start(request: StartRequest<LinkedTopology>): Promise<HostsEnvironment> {
    const { topology, run } = request;
    const taken = await request.step('nodes', () =>
      takeNodes(this.#docker, this.#pool, { run, nodes: topology.nodes, adopt: request.adopt }),
    );
    try {
      const pids = new Map(taken.map(({ name, pid }) => [name, pid]));
      const fresh = new Set(taken.flatMap(({ name, paused }) => (paused ? [] : [name])));
      const linked = request.step('links', () => runWiring(this.#agent, wiringScript(topology, pids, fresh)));
      const waking = this.#wakeInTurn(run, taken, linked);
      await linked;
      const processes = taken.map(({ name, id, pid }) => ({ name, container: id, pid }));
      const awake = async (name: string) => waking.get(name)?.awake;
      if (isEquipped(topology))
        await request.step('equipment', () => equipNodes(this.#docker, topology, processes, awake));
      return this.#environment(topology, processes, waking);
    } catch (error) {
      await Promise.allSettled(taken.map(({ id }) => this.#docker.remove(id)));
      throw error;
    }
  }

  /**
   * The environment of a run that an earlier engine left: nodes that stopped meanwhile stay stopped (`mend` starts them), and one that was started
   * anew has its links made again. One that was not yet awake, or had not its name yet, is woken and named.
   */
  async resume(run: string, topology: LinkedTopology, containers: Containers): Promise<HostsEnvironment> {
    const found = await Promise.all(
      Object.entries(containers).map(async ([name, container]): Promise<NodeProcess> => {
        const state = await this.#docker.inspect(container);
        if (state?.state === 'paused') await this.#docker.unpause(container);
        if (state && state.name !== containerName(run, name))
          await this.#docker.rename(container, containerName(run, name));
        return { name, container, pid: state?.pid ?? 0 };
      }),
    );
    const unlinked = await this.#unlinked(topology, found);
    const environment = this.#environment(
      topology,
      found.map((node) => (unlinked.has(node.name) ? { ...node, pid: 0 } : node)),
    );
    for (const name of unlinked) await environment.revive(name);
    return environment;
  }

  /** Starts what stopped. A node whose container is gone cannot be brought back alone: that is a `conflict`, and a reset makes it anew. */
  async mend(environment: HostsEnvironment): Promise<void> {
    const gone: string[] = [];
    for (const name of environment.stopped) {
      const { container } = environment.process(name);
      const state = await this.#docker.inspect(container);
      if (!state) {
        gone.push(name);
        continue;
      }
      if (state.state === 'paused') await this.#docker.unpause(container);
      if (state.state !== 'running' && state.state !== 'paused') await this.#docker.start(container);
      await environment.revive(name);
    }
    if (gone.length > 0) throw containersGone(gone);
  }

  /** Resolves when none of them is there any more. */
  async destroy(containers: readonly string[]): Promise<void> {
    await Promise.all(containers.map((container) => this.#docker.remove(container)));
  }

  /**
   * Links go into namespaces, which a paused container has too, and probes read them there: only what runs inside has to wait for the waking. The
   * first node wakes meanwhile, for the first prompt comes from it; the others must not slow the links down, and wake one after the other when they
   * are there. Names come last.
   */
  #wakeInTurn(run: string, nodes: readonly TakenNode[], linked: Promise<void>): Map<string, Waking> {
    let before: Promise<void> = Promise.resolve();
    const awake = nodes.map(({ id, paused }, index) => {
      const turn = index === 1 ? Promise.all([before, linked]) : before;
      before = turn.then(() => (paused ? this.#docker.unpause(id) : undefined));
      return before;
    });
    return new Map(
      nodes.map(({ id, name, named: hasName }, index) => {
        const named = before.then(() => (hasName ? undefined : this.#docker.rename(id, containerName(run, name))));
        const waking = { awake: awake[index] ?? before, named };
        // Whoever waits for it is told; a start that failed before that has an error of its own.
        for (const step of Object.values(waking)) step.catch(() => undefined);
        return [name, waking];
      }),
    );
  }

  /** Nodes that run and yet have none of their links, or wait for them: they were started again while no engine was there. */
  async #unlinked(topology: LinkedTopology, nodes: readonly NodeProcess[]): Promise<Set<string>> {
    const hasEngine = (name: string) => topology.nodes.some((node) => node.name === name && node.engine);
    const running = nodes.filter(
      ({ name, pid }) =>
        pid !== 0 && (hasEngine(name) || topology.links.some(({ a, b }) => a.node === name || b.node === name)),
    );
    const lonely = await Promise.all(
      running.map(async ({ name, pid }) => {
        const { stdout } = await this.#agent.run(
          hasEngine(name) ? `ls ${linkedFile(pid)} || true` : `exec nsenter -t ${pid} -n ip -o link show type veth`,
        );
        return stdout.trim() === '' ? [name] : [];
      }),
    );
    return new Set(lonely.flat());
  }

  #environment(
    topology: LinkedTopology,
    nodes: readonly NodeProcess[],
    waking: ReadonlyMap<string, Waking> = new Map(),
  ): HostsEnvironment {
    return new HostsEnvironment(this.#docker, this.#agent, topology, nodes, waking);
  }
}
