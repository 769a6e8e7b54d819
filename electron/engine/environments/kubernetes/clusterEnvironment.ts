import type { Duplex } from 'node:stream';
import type { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import type { ClusterTopology } from '../../catalog/expanded.ts';
import type { Docker } from '../../docker/docker.ts';
import type { ContainerEvent } from '../../docker/model.ts';
import { Captures } from '../capture/captures.ts';
import type { EnvironmentChange, NodeHandle } from '../environment.ts';
import { watchNetwork } from '../hosts/networkWatch.ts';
import { insideNode } from '../inside/insideNode.ts';
import { nodeHandle } from '../nodeHandle.ts';
import { type NodeProcess, nodeStopped } from '../nodeProcess.ts';
import type { LiveEnvironment } from '../provider.ts';
import { runUnseen } from '../unseen/runUnseen.ts';
import { ApiTrouble } from './apiTrouble.ts';
import { GATEWAY } from './containers.ts';
import { ClusterApi } from './kubeApi/clusterApi.ts';
import type { Credentials } from './kubeApi/credentials.ts';
import { kubeconfigText } from './kubeApi/kubeconfig.ts';
import { openPipe } from './kubeApi/openPipe.ts';
import { type Publisher, publish } from './kubeApi/publisher.ts';
import { whySilent } from './kubeApi/whySilent.ts';
import { relink } from './relink.ts';
import { API_PORT } from './start/milestones.ts';
import { watchedPaths } from './watchedPaths.ts';

/** The live cluster of one run. It does not own its containers: closing it leaves everything as it is. */
export class ClusterEnvironment implements LiveEnvironment {
  readonly run: string;
  readonly topology: ClusterTopology;
  readonly kube: ClusterApi;
  readonly #docker: Docker;
  readonly #agent: Agent;
  readonly #credentials: Credentials;
  readonly #trouble: ApiTrouble;
  readonly #processes: Map<string, NodeProcess>;
  readonly #listeners = new Set<(change: EnvironmentChange) => void>();
  readonly #captures: Captures;
  readonly #closing = new AbortController();
  #network = new AbortController();
  #publisher: Promise<Publisher> | null = null;
  #following = false;
  #linking: Promise<void> = Promise.resolve();

  constructor(
    site: { readonly docker: Docker; readonly agent: Agent },
    run: string,
    topology: ClusterTopology,
    processes: readonly NodeProcess[],
    credentials: Credentials,
  ) {
    this.#docker = site.docker;
    this.#agent = site.agent;
    this.#captures = new Captures(site.agent, (node) => this.#tell({ node, source: 'packets' }));
    this.run = run;
    this.topology = topology;
    this.#credentials = credentials;
    this.#processes = new Map(processes.map((process) => [process.name, process]));
    this.#trouble = new ApiTrouble(
      () => this.#whySilent(),
      () => this.#tell({ node: this.controlPlane.name, source: 'cluster' }),
    );
    this.kube = new ClusterApi(() => this.#openApi(), credentials, this.#trouble);
  }

  get nodeNames(): readonly string[] {
    return this.topology.nodes.map(({ name }) => name);
  }

  get stopped(): string[] {
    return [...this.#processes.values()].filter(({ pid }) => pid === 0).map(({ name }) => name);
  }

  get trouble(): LabError | null {
    return this.#trouble.lasting;
  }

  /** Nodes and gateway as they were last seen. */
  get processes(): readonly NodeProcess[] {
    return [...this.#processes.values()];
  }

  get controlPlane(): NodeProcess {
    return this.process(this.topology.nodes[0]?.name ?? '');
  }

  node(name: string): NodeHandle {
    return nodeHandle(this.#docker, this.#agent, this.process(name), () => this.awake(name), this.#captures, {
      kube: this.kube,
      engine: null,
    });
  }

  process(name: string): NodeProcess {
    const found = this.#processes.get(name);
    if (!found) throw nodeStopped(name);
    return found;
  }

  awake(_name: string): Promise<void> {
    return Promise.resolve();
  }

  allAwake(): Promise<void> {
    return Promise.resolve();
  }

  /** The watches cost a process each, so they stand only while somebody listens. */
  onChange(listener: (change: EnvironmentChange) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#following) this.#follow();
    return () => this.#listeners.delete(listener);
  }

  async onContainer(event: ContainerEvent): Promise<void> {
    const found = [...this.#processes.values()].find(({ container }) => container === event.id);
    if (!found) return;
    if (event.kind === 'die' || event.kind === 'destroy') this.#settle([{ ...found, pid: 0 }]);
    if (event.kind === 'start') await this.relinked();
  }

  /** Every node that runs has its cable again. One at a time: Docker's events and `mend` come together. */
  relinked(): Promise<void> {
    const linked = this.#linking.then(async () => {
      this.#settle(await relink(this.#docker, this.#agent, this.topology, this.processes));
    });
    this.#linking = linked.catch(() => undefined);
    return linked;
  }

  async kubeconfig(): Promise<string> {
    this.#publisher ??= publish(this.run, () => this.#openApi());
    const publisher = await this.#publisher.catch((error) => {
      this.#publisher = null;
      throw error;
    });
    return kubeconfigText(this.run, publisher.port, this.#credentials);
  }

  async runUnseen(node: string, lines: readonly string[]): Promise<void> {
    const process = this.process(node);
    if (process.pid === 0) throw nodeStopped(node);
    await runUnseen(
      this.#docker,
      process,
      lines.map((line) => ({ do: 'run', line })),
    );
  }

  close(): void {
    this.#closing.abort();
    this.#network.abort();
    this.#captures.close();
    this.#listeners.clear();
    this.kube.close();
    void this.#publisher?.then((publisher) => publisher.close()).catch(() => undefined);
  }

  async #openApi(): Promise<Duplex> {
    const { name, pid } = this.controlPlane;
    if (pid === 0) throw nodeStopped(name);
    return openPipe(this.#agent, { pid, address: '127.0.0.1', port: API_PORT });
  }

  async #whySilent(): Promise<LabError | null> {
    const { controlPlane } = this;
    if (controlPlane.pid === 0) return nodeStopped(controlPlane.name);
    return whySilent(this.#agent, { ...controlPlane, inside: insideNode(this.#agent, controlPlane) });
  }

  #settle(processes: readonly NodeProcess[]): void {
    const changed = processes.filter(({ name, pid }) => this.#processes.get(name)?.pid !== pid);
    for (const process of changed) this.#processes.set(process.name, process);
    if (changed.length === 0) return;
    if (this.#following) this.#watchNetwork();
    for (const { name } of changed) this.#tell({ node: name, source: 'container' });
  }

  #follow(): void {
    this.#following = true;
    this.#watchNetwork();
    const node = this.topology.nodes[0]?.name ?? '';
    for (const path of watchedPaths)
      void this.kube.watch(path, () => this.#tell({ node, source: 'cluster' }), this.#closing.signal);
  }

  #watchNetwork(): void {
    this.#network.abort();
    this.#network = new AbortController();
    const running = this.processes.filter(({ name, pid }) => pid !== 0 && name !== GATEWAY);
    const pids = new Map(running.map(({ name, pid }) => [name, pid] as const));
    if (pids.size === 0 || this.#closing.signal.aborted) return;
    watchNetwork(this.#agent, pids, (node) => this.#tell({ node, source: 'network' }), this.#network.signal);
  }

  #tell(change: EnvironmentChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
