/** For tests of runs: a Docker Engine and a helper in memory, with the real provider and pool on top of them. */
import { LabError } from '../../contract/error.ts';
import type { Agent } from '../agent/agent.ts';
import type { Docker } from '../docker/docker.ts';
import type { ContainerState } from '../docker/model.ts';
import { Pool } from '../environments/hosts/pool.ts';
import { HostsProvider } from '../environments/hosts/provider.ts';
import { noProvider } from '../environments/noProvider.ts';
import { WaitingShells } from '../terminals/waitingShells.ts';
import type { Site } from './site.ts';

const notHere = () => Promise.reject(new LabError('internal', 'Not in this double.'));

export class DockerDouble implements Docker {
  readonly endpoint = { source: 'socket' as const, name: 'double', address: 'unix:///double' };
  readonly containers = new Map<string, ContainerState>();
  /** Called before each operation, as `start ID`; what it throws is what the operation rejects with, what it awaits delays it. */
  before: (operation: string) => void | Promise<void> = () => undefined;
  #next = 1;

  info = notHere;
  logs = notHere;
  exec = notHere;
  execToEnd: Docker['execToEnd'] = notHere;
  readFile = notHere;
  writeFile = notHere;
  writeArchive = notHere;
  shutDown = notHere;
  watch = () => Promise.resolve();
  hasImage = () => Promise.resolve(true);
  close = () => undefined;

  async create({ name, image, labels }: Parameters<Docker['create']>[0]): Promise<string> {
    await this.before(`create ${name}`);
    this.#mustBeFree(name);
    const id = `c${this.#next++}`;
    this.containers.set(id, { id, name, image, labels, state: 'created', pid: 0, exitCode: 0, startedAt: '' });
    return id;
  }

  start = (id: string) => this.#change('start', id, { state: 'running', pid: 1000 + this.#next++ });
  pause = (id: string) => this.#change('pause', id, { state: 'paused' });
  unpause = (id: string) => this.#change('unpause', id, { state: 'running' });

  async rename(id: string, name: string): Promise<void> {
    this.#mustBeFree(name);
    await this.#change('rename', id, { name });
  }

  async remove(id: string): Promise<void> {
    await this.before(`remove ${id}`);
    this.containers.delete(id);
  }

  async inspect(id: string): Promise<ContainerState | null> {
    await this.before(`inspect ${id}`);
    return this.containers.get(id) ?? null;
  }

  async list(): Promise<ContainerState[]> {
    return [...this.containers.values()];
  }

  /** The container's first process ends, by itself or with Docker. */
  stop(id: string): void {
    const found = this.containers.get(id);
    if (found) this.containers.set(id, { ...found, state: 'stopped', pid: 0 });
  }

  get names(): string[] {
    return [...this.containers.values()].map(({ name }) => name).sort();
  }

  #mustBeFree(name: string): void {
    if ([...this.containers.values()].some((it) => it.name === name))
      throw new LabError('conflict', `The name ${name} is taken.`);
  }

  async #change(operation: string, id: string, by: Partial<ContainerState>): Promise<void> {
    await this.before(`${operation} ${id}`);
    const found = this.containers.get(id);
    if (!found) throw new LabError('not-found', `No such container: ${id}`);
    this.containers.set(id, { ...found, ...by });
  }
}

/** Knows which processes were given a link, and tells a hostname. */
export class AgentDouble implements Agent {
  readonly linked = new Set<string>();
  hostname = 'a';
  /** What every answer waits for. */
  gate: Promise<void> = Promise.resolve();
  open = notHere;
  close = () => Promise.resolve();

  async run(script: string) {
    await this.gate;
    for (const [, pid] of script.matchAll(/netns (\d+)/g)) if (pid) this.linked.add(pid);
    const asked = /^exec nsenter -t (\d+) -n ip -o link show type veth/.exec(script)?.[1];
    const stdout = asked
      ? this.linked.has(asked)
        ? 'veth'
        : ''
      : script.includes('-u -- hostname')
        ? this.hostname
        : '';
    return { exit: 0, stdout, stderr: '' };
  }

  watch(_script: string, _onLine: (line: string) => void, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }
}

export interface SiteDouble extends Site {
  readonly docker: DockerDouble;
  readonly agent: AgentDouble;
}

export const siteDouble = (): SiteDouble => {
  const docker = new DockerDouble();
  const agent = new AgentDouble();
  const pool = new Pool(
    docker,
    agent,
    { owner: 'test', image: 'image', version: '0', profile: 'host' },
    () => undefined,
  );
  return {
    docker,
    agent,
    pool,
    providers: { hosts: new HostsProvider(docker, agent, pool), docker: noProvider, kubernetes: noProvider },
    clusters: {
      whyNotHere: async () => null,
      standingBy: () => null,
      standBy: notHere,
      standDown: async () => undefined,
      isFrozen: async () => false,
      freezeAhead: notHere,
    },
    image: 'image',
    waiting: new WaitingShells(docker),
  };
};
