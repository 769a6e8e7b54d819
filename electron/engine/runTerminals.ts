import { join } from 'node:path';
import { LabError } from '../contract/error.ts';
import type { TerminalView } from '../contract/models/terminal.ts';
import { nodeStopped } from './environments/nodeProcess.ts';
import { isPaused } from './runs/pausedErrors.ts';
import type { Run } from './runs/run.ts';
import type { Runs } from './runs/runs.ts';
import type { Site } from './runs/site.ts';
import { removeKeptBut } from './terminals/keptOutput.ts';
import type { Terminals } from './terminals/terminals.ts';

/** Milliseconds after which the terminals' code is loaded unasked: the catalog comes first. */
const LOAD_LATER = 1500;

/** The terminals of all runs: they begin when Docker is there, and their list is in the runs' journals. */
export class RunTerminals {
  readonly #stateDir: string;
  readonly #runs: Runs;
  readonly #site: () => Promise<Site>;
  readonly #changed: (view: TerminalView) => void;
  /** Null until Docker is there. */
  #place: Pick<Site, 'docker' | 'waiting'> | null = null;
  /** Null until somebody wants a terminal: their screens take 50 to 75 ms to load, which the catalog must not wait for. */
  #loading: Promise<Terminals> | null = null;
  #loadingLater: NodeJS.Timeout | undefined;
  /** Settles when the shells of an earlier engine are there again. */
  #restored: Promise<void> | null = null;

  constructor(stateDir: string, runs: Runs, site: () => Promise<Site>, changed: (view: TerminalView) => void) {
    this.#stateDir = stateDir;
    this.#runs = runs;
    this.#site = site;
    this.#changed = changed;
  }

  /** Waits for Docker; rejects with the reason why it is not there. */
  async ready(): Promise<Terminals> {
    await this.#site();
    await this.#restored;
    const terminals = this.#load();
    if (!terminals) throw new LabError('engine-gone', 'The engine is ending.');
    return terminals;
  }

  begin(site: Site): void {
    if (this.#place) return;
    this.#place = site;
    this.#loadingLater = setTimeout(() => void this.#load(), LOAD_LATER);
  }

  #load(): Promise<Terminals> | null {
    if (!this.#place) return null;
    this.#loading ??= this.#open(this.#place);
    return this.#loading;
  }

  async #open({ docker, waiting }: Pick<Site, 'docker' | 'waiting'>): Promise<Terminals> {
    const { Terminals } = await import('./terminals/terminals.ts');
    return new Terminals({
      docker,
      waiting,
      containerOf: (run, node) => this.#containerOf(run, node),
      journal: {
        opened: ({ run, ...terminal }) => this.#runs.get(run).record({ type: 'terminal-opened', terminal }),
        closed: (run, id) => this.#runs.get(run).record({ type: 'terminal-closed', id }),
        renamed: (run, id, title) => this.#runs.get(run).record({ type: 'terminal-renamed', id, title }),
      },
      changed: this.#changed,
      folder: this.#folder,
      // Who may have one is decided for each connection, at the front door.
      hostTerminal: true,
    });
  }

  /** The shells of an earlier engine, once, when the environments are there; shells that no journal knows are ended. */
  restore(environments: Promise<void>): void {
    this.#restored ??= environments.then(() => this.#restore()).catch(() => undefined);
  }

  /** The run's nodes are new ones. */
  async reconnect(run: Run): Promise<void> {
    const terminals = await this.#loading;
    if (!terminals) return;
    const used = new Set((await terminals.list(run.id)).map(({ node }) => node));
    await Promise.allSettled(
      Object.entries(run.state.nodes)
        .filter(([node]) => used.has(node))
        .map(async ([node, container]) => {
          await run.environment.awake(node);
          await terminals.reconnect(run.id, node, container);
        }),
    );
  }

  /** The node was started again. */
  async revive(run: Run, node: string): Promise<void> {
    const container = run.state.nodes[node];
    if (container) await (await this.#loading)?.reconnect(run.id, node, container, `${node} was started again`);
  }

  async forget(run: string): Promise<void> {
    await (await this.#loading)?.forget(run);
  }

  async shutDown(): Promise<void> {
    clearTimeout(this.#loadingLater);
    this.#place = null;
    await (await this.#loading)?.shutDown();
  }

  async #restore(): Promise<void> {
    const live = this.#runs.live;
    if (live.length === 0) return removeKeptBut(this.#folder, []);
    const terminals = await this.#load();
    if (!terminals) return;
    await terminals.restore(
      live.flatMap((run) => Object.values(run.state.terminals).map((terminal) => ({ ...terminal, run: run.id }))),
    );
    const nodes = live.flatMap((run) =>
      run.lab.environment.nodes.flatMap(({ name }) => {
        const container = run.state.nodes[name];
        return container ? [{ run, name, container }] : [];
      }),
    );
    const reachable = nodes.filter(({ run, name }) => run.environment.live && !run.environment.stopped.includes(name));
    await Promise.allSettled(reachable.map(({ run, container }) => terminals.sweep(run.id, container)));
  }

  get #folder(): string {
    return join(this.#stateDir, 'terminals');
  }

  async #containerOf(run: string, node: string): Promise<string> {
    const found = this.#runs.get(run);
    // A cluster's gateway is a container of the run's too, and nobody's place to work.
    if (found.environment.view.state === 'paused') throw isPaused(run);
    const known = found.lab.environment.nodes.some((each) => each.name === node);
    const container = known ? found.state.nodes[node] : undefined;
    if (container && !found.environment.stopped.includes(node)) {
      await found.environment.awake(node);
      return container;
    }
    if (known) throw nodeStopped(node);
    throw new LabError('not-found', `The run ${run} has no node ${node.slice(0, 80)}.`, {
      hint: `It has: ${found.lab.environment.nodes.map((each) => each.name).join(', ')}.`,
    });
  }
}
