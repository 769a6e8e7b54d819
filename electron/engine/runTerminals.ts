import { join } from 'node:path';
import { LabError } from '../contract/error.ts';
import type { TerminalView } from '../contract/models/terminal.ts';
import { nodeStopped } from './environments/nodeProcess.ts';
import { isPaused } from './runs/pausedErrors.ts';
import type { Run } from './runs/run.ts';
import type { Runs } from './runs/runs.ts';
import type { Site } from './runs/site.ts';
import { Terminals } from './terminals/terminals.ts';

/** The terminals of all runs: they begin when Docker is there, and their list is in the runs' journals. */
export class RunTerminals {
  readonly #stateDir: string;
  readonly #runs: Runs;
  readonly #site: () => Promise<Site>;
  readonly #changed: (view: TerminalView) => void;
  #terminals: Terminals | null = null;
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
    if (!this.#terminals) throw new LabError('engine-gone', 'The engine is ending.');
    return this.#terminals;
  }

  begin({ docker, waiting }: Site): void {
    this.#terminals ??= new Terminals({
      docker,
      waiting,
      containerOf: (run, node) => this.#containerOf(run, node),
      journal: {
        opened: ({ run, ...terminal }) => this.#runs.get(run).record({ type: 'terminal-opened', terminal }),
        closed: (run, id) => this.#runs.get(run).record({ type: 'terminal-closed', id }),
        renamed: (run, id, title) => this.#runs.get(run).record({ type: 'terminal-renamed', id, title }),
      },
      changed: this.#changed,
      folder: join(this.#stateDir, 'terminals'),
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
    const terminals = this.#terminals;
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
    if (container) await this.#terminals?.reconnect(run.id, node, container, `${node} was started again`);
  }

  async forget(run: string): Promise<void> {
    await this.#terminals?.forget(run);
  }

  async shutDown(): Promise<void> {
    await this.#terminals?.shutDown();
  }

  async #restore(): Promise<void> {
    const terminals = this.#terminals;
    if (!terminals) return;
    const live = this.#runs.live;
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
