import type { Agent } from '../../agent/agent.ts';
import type { LinkedTopology } from '../../catalog/expanded.ts';
import type { Docker } from '../../docker/docker.ts';
import type { ContainerEvent } from '../../docker/model.ts';
import { Captures } from '../capture/captures.ts';
import { innerEngine } from '../docker/innerEngine.ts';
import type { EnvironmentChange, NodeHandle } from '../environment.ts';
import { nodeHandle } from '../nodeHandle.ts';
import { type NodeProcess, nodeStopped } from '../nodeProcess.ts';
import type { LiveEnvironment } from '../provider.ts';
import { runUnseen } from '../unseen/runUnseen.ts';
import { equipNode } from './equipNode.ts';
import { watchNetwork } from './networkWatch.ts';
import { runWiring } from './runWiring.ts';
import { rewiringScript } from './wiring.ts';

/**
 * Milliseconds. Watching takes a dozen processes to begin with, and the first prompt comes first; whoever is told of changes looks once more when
 * it has begun.
 */
const WATCH_LATER = 100;

/** A node from the pool on its way up: when something can run in it, and when it has the run's name too. */
export interface Waking {
  readonly awake: Promise<void>;
  readonly named: Promise<void>;
}

/** The live containers and links of one run, whatever runs on its nodes. It does not own them: closing it leaves everything as it is. */
export class HostsEnvironment implements LiveEnvironment {
  readonly topology: LinkedTopology;
  readonly kube = null;
  /** Whatever is done to a host can be mended by who did it. */
  readonly trouble = null;
  readonly #docker: Docker;
  readonly #agent: Agent;
  readonly #nodes: Map<string, NodeProcess>;
  readonly #waking: ReadonlyMap<string, Waking>;
  readonly #listeners = new Set<(change: EnvironmentChange) => void>();
  readonly #captures: Captures;
  #watching = new AbortController();
  #closed = false;
  #reviving: Promise<void> = Promise.resolve();

  constructor(
    docker: Docker,
    agent: Agent,
    topology: LinkedTopology,
    nodes: readonly NodeProcess[],
    waking: ReadonlyMap<string, Waking>,
  ) {
    this.topology = topology;
    this.#waking = waking;
    this.#docker = docker;
    this.#agent = agent;
    this.#captures = new Captures(agent, (node) => this.#tell({ node, source: 'packets' }));
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
    this.allAwake().then(
      () => setTimeout(() => this.#closed || this.#watch(), WATCH_LATER),
      () => undefined,
    );
  }

  get nodeNames(): readonly string[] {
    return [...this.#nodes.keys()];
  }

  get stopped(): string[] {
    return [...this.#nodes.values()].filter((node) => node.pid === 0).map((node) => node.name);
  }

  node(name: string): NodeHandle {
    const process = this.process(name);
    const engine = this.topology.nodes.some((node) => node.name === name && node.engine);
    return nodeHandle(this.#docker, this.#agent, process, () => this.awake(name), this.#captures, {
      kube: null,
      engine: engine ? innerEngine(this.#agent, process) : null,
    });
  }

  /** Resolves when programs can run in the node. Rejects as Docker does. */
  async awake(name: string): Promise<void> {
    await this.#waking.get(name)?.awake;
  }

  /** Resolves when every node is awake and has its name. Rejects as Docker does. */
  async allAwake(): Promise<void> {
    await Promise.all([...this.#waking.values()].map((node) => node.named));
  }

  /** Throws `node-stopped` for a name that the environment does not have, too: nothing can be read there. */
  process(name: string): NodeProcess {
    const found = this.#nodes.get(name);
    if (!found) throw nodeStopped(name);
    return found;
  }

  onChange(listener: (change: EnvironmentChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called with every container event of ours; those of other runs are passed over. */
  async onContainer(event: ContainerEvent): Promise<void> {
    const node = [...this.#nodes.values()].find((each) => each.container === event.id);
    if (!node) return;
    if (event.kind === 'die' || event.kind === 'destroy') this.#settle({ ...node, pid: 0 });
    if (event.kind === 'start') await this.revive(node.name);
  }

  /** A node that was started again has lost its links, its name and its programs: all are made again. One at a time: Docker's event and `mend` come together. */
  revive(name: string): Promise<void> {
    const revived = this.#reviving.then(() => this.#revive(name));
    this.#reviving = revived.catch(() => undefined);
    return revived;
  }

  async #revive(name: string): Promise<void> {
    const node = this.process(name);
    const state = await this.#docker.inspect(node.container);
    if (!state?.pid || state.pid === node.pid) return;
    const pids = new Map([...this.#nodes.values()].map((each) => [each.name, each.pid]));
    pids.set(name, state.pid);
    const running = new Map([...pids].filter(([, pid]) => pid !== 0));
    await runWiring(this.#agent, rewiringScript(withoutStopped(this.topology, running), name, running));
    try {
      await equipNode(this.#docker, this.topology, node, 'again');
    } finally {
      // It has its links; what it could not start is told, and not tried again as if there were none.
      this.#settle({ ...node, pid: state.pid });
    }
  }

  kubeconfig(): Promise<null> {
    return Promise.resolve(null);
  }

  async runUnseen(node: string, lines: readonly string[]): Promise<void> {
    const process = this.process(node);
    if (process.pid === 0) throw nodeStopped(node);
    await this.awake(node);
    await runUnseen(
      this.#docker,
      process,
      lines.map((line) => ({ do: 'run', line })),
    );
  }

  close(): void {
    this.#closed = true;
    this.#watching.abort();
    this.#captures.close();
    this.#listeners.clear();
  }

  #settle(node: NodeProcess): void {
    this.#nodes.set(node.name, node);
    this.#watch();
    this.#tell({ node: node.name, source: 'container' });
  }

  #watch(): void {
    this.#watching.abort();
    this.#watching = new AbortController();
    const running = [...this.#nodes.values()]
      .filter((node) => node.pid !== 0)
      .map((node) => [node.name, node.pid] as const);
    if (running.length === 0) return;
    watchNetwork(
      this.#agent,
      new Map(running),
      (node) => this.#tell({ node, source: 'network' }),
      this.#watching.signal,
    );
  }

  #tell(change: EnvironmentChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Links to a node that does not run cannot be made; they come with that node. */
const withoutStopped = (topology: LinkedTopology, running: ReadonlyMap<string, number>): LinkedTopology => ({
  ...topology,
  links: topology.links.filter(({ a, b }) => running.has(a.node) && running.has(b.node)),
});
