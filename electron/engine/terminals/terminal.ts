import type { LabError } from '../../contract/error.ts';
import type { TerminalView } from '../../contract/models/terminal.ts';
import type { TerminalSink, TerminalSize, TerminalViewer } from '../host/terminalGateway.ts';
import { Batch } from './batch.ts';
import type { ByteSource, ByteSourceEvents, OpenByteSource } from './byteSource.ts';
import { Flow, type FlowConsumer, type FlowMarks } from './flow.ts';
import type { KeptOutput, KeptPiece } from './keptOutput.ts';
import { Mirror, type ShellMark } from './mirror.ts';
import { notice, resetScreen } from './notice.ts';
import { Viewer } from './viewer.ts';

/** Bytes that the mirror may be behind: more than it gathers of a flood, so that gathering never slows the flood down. */
const MIRROR_MARKS: FlowMarks = { high: 6 * 1024 * 1024, low: 3 * 1024 * 1024 };
/** Milliseconds in which a second loss of the way to the shell is not mended by trying again. */
const TOO_SOON = 2000;

/** Where a terminal is and what it is called. */
export interface TerminalIdentity {
  readonly id: string;
  readonly run: string | null;
  readonly node: string | null;
  title: string;
}

/** Who reads along inside the engine. */
export interface TerminalListener {
  bytes(chunk: Uint8Array): void;
  ended(): void;
}

/** One shell: its source, its kept screen, and everybody who looks at it. */
export class Terminal {
  readonly identity: TerminalIdentity;
  readonly #changed: (view: TerminalView) => void;
  readonly #mirror: Mirror;
  readonly #flow = new Flow(
    () => this.#source?.pause(),
    () => this.#source?.resume(),
  );
  readonly #mirrorDebt: FlowConsumer = this.#flow.consumer(MIRROR_MARKS);
  readonly #viewers = new Set<Viewer>();
  readonly #listeners = new Set<TerminalListener>();
  readonly #batch = new Batch((bytes) => this.#viewers.forEach((viewer) => viewer.give(bytes)));
  #kept: KeptOutput | null = null;
  #source: ByteSource | null = null;
  /** Grows with each source, so that a replaced one is no longer heard. */
  #generation = 0;
  #lostAt = 0;
  #state: TerminalView['state'] = 'live';

  constructor(identity: TerminalIdentity, size: TerminalSize, changed: (view: TerminalView) => void) {
    this.identity = identity;
    this.#mirror = new Mirror(size);
    this.#changed = changed;
  }

  get view(): TerminalView {
    const { id, run, node, title } = this.identity;
    return { id, run, node, title, ...this.#mirror.size, state: this.#state };
  }

  get mirror(): Mirror {
    return this.#mirror;
  }

  /** For KeptOutput, which asks for it while the mirror stands exactly where the file begins. */
  get keptStart(): { size: TerminalSize; state: Uint8Array } {
    return { size: this.#mirror.size, state: this.#mirror.state() };
  }

  /** Brings screen and scrollback back from what was kept, and keeps what comes from now on. Before `connect`. */
  async keep(kept: readonly KeptPiece[], output: KeptOutput): Promise<void> {
    await this.#mirror.replay(kept);
    this.#kept = output;
  }

  /**
   * Starts the program, or finds it. `again` finds it once more when only the way to it was lost. Rejects as the source does.
   */
  async connect(open: OpenByteSource, again: OpenByteSource | null): Promise<void> {
    const generation = ++this.#generation;
    this.#source?.leave();
    this.#source = null;
    const events: ByteSourceEvents = {
      bytes: (chunk) => {
        if (generation === this.#generation) this.receive(chunk);
      },
      ended: (how) => {
        if (generation === this.#generation) void this.#ended(how, again);
      },
    };
    const source = await open(this.#mirror.size, events);
    if (generation !== this.#generation) return source.leave();
    this.#source = source;
    if (this.#flow.paused) source.pause();
    this.#become('live');
  }

  /** Bytes of the program, or a notice of ours, on their way to everybody. */
  receive(chunk: Uint8Array): void {
    this.#mirrorDebt.given(chunk.length);
    this.#mirror.write(chunk, () => {
      this.#mirrorDebt.done(chunk.length);
      this.#kept?.append(chunk);
    });
    this.#batch.add(chunk);
    for (const listener of this.#listeners) listener.bytes(chunk);
  }

  /** Says something of our own on a line of its own, with no program there; whatever the last one had set on the screen is undone. */
  async say(text: string): Promise<void> {
    await this.#settled();
    this.#mirror.forgetMarks();
    this.receive(Buffer.from(resetScreen(this.#mirror.alternate) + notice(text)));
  }

  /** Every byte from now on, without flow control: for who reads along inside the engine. */
  listen(listener: TerminalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where the shell stands after every byte so far; null when it has printed no mark. */
  async lastMark(): Promise<ShellMark | null> {
    await this.#settled();
    return this.#mirror.lastMark;
  }

  input(bytes: Uint8Array): void {
    if (this.#state === 'live') this.#source?.write(bytes);
  }

  resize(size: TerminalSize): void {
    const { cols, rows } = this.#mirror.size;
    if (size.cols === cols && size.rows === rows) return;
    this.#mirror.resize(size);
    this.#kept?.resized(size);
    this.#source?.resize(size);
    this.#changed(this.view);
  }

  attach(size: TerminalSize, sink: TerminalSink): TerminalViewer {
    this.resize(size);
    // Those who are there get what came before; the new one gets it as a picture.
    this.#batch.flush();
    const viewer = new Viewer(sink, this.#flow);
    this.#viewers.add(viewer);
    this.#mirror.settled(() => viewer.begin(this.#mirror.snapshot()));
    return {
      input: (bytes) => this.input(bytes),
      ack: (bytes) => viewer.ack(bytes),
      resize: (wanted) => this.resize(wanted),
      detach: () => {
        this.#viewers.delete(viewer);
        viewer.leave();
      },
    };
  }

  rename(title: string): void {
    this.identity.title = title;
    this.#changed(this.view);
  }

  /** Ends the program and forgets what was kept. */
  async close(): Promise<void> {
    const source = this.#source;
    await this.forget();
    await source?.end();
  }

  /** Nothing is left to be ended: its container is gone, or it never began. */
  async forget(): Promise<void> {
    this.disconnect();
    await this.#kept?.remove();
    this.#become('ended');
    this.#mirror.dispose();
  }

  /** Lets the program live and keeps what is on the screen: the engine ends. */
  async leave(): Promise<void> {
    this.disconnect();
    await this.#settled();
    await this.#kept?.close();
    this.#mirror.dispose();
  }

  /** The program is gone, or nowhere to be found: the screen stays to be read. */
  async end(): Promise<void> {
    this.disconnect();
    await this.#settled();
    this.receive(Buffer.from(resetScreen(this.#mirror.alternate)));
    this.#batch.flush();
    this.#become('ended');
  }

  /** There could be no program: says why where one would be. */
  async fail(error: LabError): Promise<void> {
    await this.say(error.hint === null ? error.message : `${error.message} ${error.hint}`);
    await this.end();
  }

  /** No longer hears the program, and tells it nothing; it is not ended. */
  disconnect(): void {
    this.#generation++;
    this.#source?.leave();
    this.#source = null;
    this.#batch.flush();
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => this.#mirror.settled(resolve));
  }

  async #ended(how: 'exited' | 'lost', again: OpenByteSource | null): Promise<void> {
    const soon = Date.now() - this.#lostAt < TOO_SOON;
    if (how === 'exited' || again === null || soon) return this.end();
    this.#lostAt = Date.now();
    try {
      await this.connect(again, again);
    } catch {
      this.end();
    }
  }

  #become(state: TerminalView['state']): void {
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'ended') for (const listener of this.#listeners) listener.ended();
    this.#changed(this.view);
  }
}
