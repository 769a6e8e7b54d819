import type { Terminal as Screen } from '@xterm/headless';
import type { TerminalSize } from '../host/terminalGateway.ts';
import { FloodGate } from './floodGate.ts';
import { openScreen } from './headless.ts';
import type { KeptPiece } from './keptOutput.ts';
import { ScreenModes } from './screenModes.ts';
import { UnfinishedSequence } from './unfinishedSequence.ts';

/** Lines above the screen that are kept for who attaches. */
export const SCROLLBACK = 5000;

/** A mark of the shell (OSC 133): a prompt begins, it stands, a command runs, it has ended; P: a command needs another line. */
export type ShellMark = 'A' | 'B' | 'C' | 'D' | 'P';

/**
 * The kept screen of a terminal: reads the same bytes as every viewer, and can write its screen, scrollback and modes as one stream
 * that brings a fresh terminal of the same size to the same state.
 */
export class Mirror {
  readonly #screen: Screen;
  readonly #serialize: () => string;
  readonly #modes: ScreenModes;
  readonly #unfinished = new UnfinishedSequence();
  readonly #gate: FloodGate;
  #lastMark: ShellMark | null = null;

  constructor(size: TerminalSize) {
    const { screen, serialize } = openScreen({ ...size, scrollback: SCROLLBACK });
    this.#screen = screen;
    this.#serialize = serialize;
    this.#modes = new ScreenModes(screen);
    const unfinished = this.#unfinished;
    const modes = this.#modes;
    this.#gate = new FloodGate({
      write: (bytes, done) =>
        screen.write(bytes, () => {
          unfinished.feed(bytes);
          done();
        }),
      scrolls: () => screen.buffer.active.type === 'normal' && modes.wholeScreen && unfinished.bytes.length === 0,
      // The first lines may be written over what stands on the screen, and leave some of it.
      get reach() {
        return SCROLLBACK + 2 * screen.rows;
      },
    });
    screen.parser.registerOscHandler(133, (data) => {
      const mark = data[0];
      if (mark === 'A' || mark === 'B' || mark === 'C' || mark === 'D' || mark === 'P') this.#lastMark = mark;
      return false;
    });
  }

  get size(): TerminalSize {
    return { cols: this.#screen.cols, rows: this.#screen.rows };
  }

  /** Where the shell was last seen; null when it has said nothing. */
  get lastMark(): ShellMark | null {
    return this.#lastMark;
  }

  /** The shell that printed them is gone. */
  forgetMarks(): void {
    this.#lastMark = null;
  }

  get alternate(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  get bracketedPaste(): boolean {
    return this.#screen.modes.bracketedPasteMode;
  }

  /** `parsed` is called in the order of writing, when the bytes are on the screen and nothing after them is. */
  write(bytes: Uint8Array, parsed: () => void = () => {}): void {
    this.#gate.write(bytes, parsed);
  }

  /** Calls back when everything written so far is on the screen, and nothing after it. */
  settled(callback: () => void): void {
    this.#gate.settled(callback);
  }

  resize({ cols, rows }: TerminalSize): void {
    this.#gate.flush();
    this.#screen.resize(cols, rows);
  }

  /** Screen, scrollback, modes, and the beginning of a sequence whose end is still to come. Right only inside a callback of `write` or `settled`. */
  snapshot(): Uint8Array {
    return Buffer.concat([Buffer.from(this.#serialize() + this.#modes.sequences()), this.#unfinished.bytes]);
  }

  /** The modes alone, for who keeps the bytes from here on. As `snapshot`, only inside a callback. */
  state(): Uint8Array {
    return Buffer.concat([
      Buffer.from((this.alternate ? '\x1b[?1049h' : '') + this.#modes.sequences()),
      this.#unfinished.bytes,
    ]);
  }

  /** Reads kept output again, piece by piece as it was kept. */
  async replay(pieces: readonly KeptPiece[]): Promise<void> {
    for (const piece of pieces) {
      if (piece.size !== null) this.resize(piece.size);
      this.write(piece.bytes);
      await new Promise<void>((resolve) => this.settled(resolve));
    }
  }

  /** The screen as text, for tests and for people who look. */
  text(): string {
    const buffer = this.#screen.buffer.active;
    const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }

  dispose(): void {
    this.#gate.close();
    this.#screen.dispose();
  }
}
