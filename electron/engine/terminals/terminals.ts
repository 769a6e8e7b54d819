import { createHash, randomUUID } from 'node:crypto';
import { LabError } from '../../contract/error.ts';
import type { TerminalView } from '../../contract/models/terminal.ts';
import type { Docker } from '../docker/docker.ts';
import type {
  TerminalGateway,
  TerminalPlace,
  TerminalSink,
  TerminalSize,
  TerminalViewer,
} from '../host/terminalGateway.ts';
import { Once } from '../once.ts';
import type { OpenByteSource } from './byteSource.ts';
import { sweepCommand } from './dtachCommand.ts';
import { openDtachSource } from './dtachSource.ts';
import { openHostPtySource } from './hostPtySource.ts';
import { KeptOutput, keptPath, removeKeptBut } from './keptOutput.ts';
import { Terminal } from './terminal.ts';
import type { TerminalJournal, TerminalRecord } from './terminalJournal.ts';
import { numberedTitle } from './title.ts';
import type { WaitingShells } from './waitingShells.ts';

export const TERMINALS_PER_RUN = 12;
export const TERMINALS_IN_ALL = 64;
/** Until a page says how large it is. */
const RESTORED_SIZE: TerminalSize = { cols: 80, rows: 24 };

export interface TerminalsOptions {
  readonly docker: Docker;
  readonly waiting?: WaitingShells;
  /** The container of a run's node, running or not. Rejects with `not-found` or `node-stopped`. */
  readonly containerOf: (run: string, node: string) => Promise<string>;
  readonly journal: TerminalJournal;
  /** Told of every change of a terminal, its end too: the push `terminal.changed`. */
  readonly changed: (terminal: TerminalView) => void;
  /** Where the last output of each terminal is kept. */
  readonly folder: string;
  /** Whether terminals on the learner's own machine are allowed. */
  readonly hostTerminal: boolean;
}

/** Every terminal of this engine. */
export class Terminals implements TerminalGateway {
  readonly #options: TerminalsOptions;
  readonly #terminals = new Map<string, Terminal>();
  readonly #opening = new Once<Terminal>();
  /** While its kept output is read again a terminal has no screen to show. */
  readonly #reading = new Map<string, Promise<void>>();

  constructor(options: TerminalsOptions) {
    this.#options = options;
  }

  async list(run: string | null): Promise<TerminalView[]> {
    return this.#of(run).map((it) => it.view);
  }

  /** The attempt gives the terminal its id, so that what is asked again is found, by a later engine too. */
  async open(place: TerminalPlace, size: TerminalSize, attempt: string = randomUUID()): Promise<TerminalView> {
    const id = idOf(attempt);
    const terminal = await this.#opening.do(id, async () => {
      const known = this.#terminals.get(id);
      if (known) return known;
      this.#checkLimits(place);
      return this.#open(id, place, size);
    });
    return terminal.view;
  }

  async attach(
    id: string,
    size: TerminalSize,
    sink: TerminalSink,
  ): Promise<{ terminal: TerminalView; viewer: TerminalViewer }> {
    const terminal = this.get(id);
    await this.#reading.get(id);
    const viewer = terminal.attach(size, sink);
    return { terminal: terminal.view, viewer };
  }

  async rename(id: string, title: string): Promise<TerminalView> {
    const terminal = this.get(id);
    const { run } = terminal.identity;
    if (run !== null) await this.#options.journal.renamed(run, id, title);
    terminal.rename(title);
    return terminal.view;
  }

  async close(id: string): Promise<void> {
    const terminal = this.get(id);
    const { run } = terminal.identity;
    this.#terminals.delete(id);
    if (run !== null) await this.#options.journal.closed(run, id);
    await terminal.close();
  }

  /** Rejects with `not-found`. */
  get(id: string): Terminal {
    const terminal = this.#terminals.get(id);
    if (terminal === undefined)
      throw new LabError('not-found', `There is no terminal ${id}.`, { hint: 'It may have been closed elsewhere.' });
    return terminal;
  }

  /**
   * After a start of the engine: the terminals of the journals, with screen and scrollback, and the same shells where they still run.
   * One whose shell is gone, or whose node cannot be reached, comes back as ended.
   */
  async restore(records: readonly TerminalRecord[]): Promise<void> {
    await Promise.all(records.map((record) => this.#restore(record)));
    await removeKeptBut(this.#options.folder, [...this.#terminals.keys()]);
  }

  /** Ends the shells of a node that no terminal of ours belongs to; returns their ids. */
  async sweep(run: string, container: string): Promise<string[]> {
    const keep = this.#of(run).map((it) => it.identity.id);
    const { stdout } = await this.#options.docker.execToEnd(container, sweepCommand(keep), { deadlineMs: 20_000 });
    return stdout.split('\n').filter((id) => id !== '');
  }

  /** The node has a new container, or was started again: every terminal of it gets a new shell there, under a notice. */
  async reconnect(run: string, node: string, container: string, why = 'environment reset'): Promise<void> {
    const terminals = this.#of(run).filter((it) => it.identity.node === node);
    await Promise.all(
      terminals.map(async (terminal) => {
        terminal.disconnect();
        await terminal.say(why);
        await this.#connect(terminal, container, 'create').catch((error: unknown) =>
          terminal.fail(LabError.from(error)),
        );
      }),
    );
  }

  /** The run is destroyed, and its containers with it: nothing is left to be ended in them. */
  async forget(run: string): Promise<void> {
    for (const terminal of this.#of(run)) {
      this.#terminals.delete(terminal.identity.id);
      await terminal.forget();
    }
  }

  /** The engine ends; the shells live on. */
  async shutDown(): Promise<void> {
    await Promise.all([...this.#terminals.values()].map((terminal) => terminal.leave()));
    this.#terminals.clear();
  }

  #of(run: string | null): Terminal[] {
    return [...this.#terminals.values()].filter((it) => it.identity.run === run);
  }

  #checkLimits({ run, node }: TerminalPlace): void {
    if ((run === null) !== (node === null))
      throw new LabError('bad-input', 'A terminal needs a run and a node, or neither for your own machine.');
    if (run === null && !this.#options.hostTerminal)
      throw new LabError('forbidden', 'A terminal on this machine is not allowed here.', {
        hint: '`npm start -- --host-terminal` allows it, as does `patchbay serve --host-terminal`.',
      });
    if (this.#of(run).length >= TERMINALS_PER_RUN)
      throw new LabError('limit', `There are ${TERMINALS_PER_RUN} terminals here already, which is the most.`, {
        hint: 'Close one of them first.',
        data: { limit: TERMINALS_PER_RUN },
      });
    if (this.#terminals.size >= TERMINALS_IN_ALL)
      throw new LabError('limit', `There are ${TERMINALS_IN_ALL} terminals in all runs together, which is the most.`, {
        hint: 'Close some of them, or destroy a run that is done.',
        data: { limit: TERMINALS_IN_ALL },
      });
  }

  async #open(id: string, { run, node }: TerminalPlace, size: TerminalSize): Promise<Terminal> {
    const title = numberedTitle(
      node ?? 'this machine',
      this.#of(run).map((it) => it.identity.title),
    );
    const terminal = new Terminal({ id, run, node, title }, size, this.#options.changed);
    // In the map before anything is awaited, so that the next one is counted and numbered after it.
    this.#terminals.set(id, terminal);
    try {
      if (run === null || node === null) await terminal.connect(openHostPtySource, null);
      else {
        const container = await this.#options.containerOf(run, node);
        // Known before it runs: a crash in between leaves a record without a shell, not a shell without a record.
        await Promise.all([this.#keep(terminal), this.#options.journal.opened({ id, run, node, title })]);
        await this.#connect(terminal, container, 'create');
      }
    } catch (error) {
      this.#terminals.delete(id);
      await terminal.forget();
      if (run !== null) await this.#options.journal.closed(run, id).catch(() => undefined);
      throw notRunning(error, node);
    }
    this.#options.changed(terminal.view);
    return terminal;
  }

  async #restore(record: TerminalRecord): Promise<void> {
    const { id, run, node, title } = record;
    const terminal = new Terminal({ id, run, node, title }, RESTORED_SIZE, this.#options.changed);
    this.#terminals.set(id, terminal);
    const read = this.#keep(terminal).finally(() => this.#reading.delete(id));
    this.#reading.set(id, read);
    await read;
    try {
      await this.#connect(terminal, await this.#options.containerOf(run, node), 'attach');
    } catch {
      await terminal.end();
    }
  }

  async #keep(terminal: Terminal): Promise<void> {
    const path = keptPath(this.#options.folder, terminal.identity.id);
    const { kept, output } = await KeptOutput.open(path, () => terminal.keptStart);
    await terminal.keep(kept, output);
  }

  #connect(terminal: Terminal, container: string, how: 'create' | 'attach'): Promise<void> {
    const place = { container, terminal: terminal.identity.id, waiting: this.#options.waiting };
    const open: OpenByteSource = (size, events) => openDtachSource(this.#options.docker, place, how, size, events);
    const again: OpenByteSource = (size, events) =>
      openDtachSource(this.#options.docker, place, 'attach', size, events);
    return terminal.connect(open, again);
  }
}

const idOf = (attempt: string): string => createHash('sha256').update(attempt).digest('hex').slice(0, 32);

/** Docker answers `conflict` when a container does not run. */
const notRunning = (error: unknown, node: string | null): unknown =>
  error instanceof LabError && error.code === 'conflict'
    ? new LabError('node-stopped', `${node} does not run, so it can have no terminal.`, {
        hint: 'Mend the run, or reset it.',
        data: { node },
        cause: error,
      })
    : error;
