import type { TerminalSink } from '../host/terminalGateway.ts';
import { type Flow, type FlowConsumer, VIEWER_MARKS } from './flow.ts';

/** Bytes of one write to a sink: far below a frame's limit, so that a large kept screen arrives in pieces. */
const PIECE = 64 * 1024;

/** One who looks: the kept screen first, then every byte that came after it, none lost and none twice. */
export class Viewer {
  readonly #sink: TerminalSink;
  readonly #debt: FlowConsumer;
  /** What came while the kept screen was still being written down; null from then on. */
  #early: Uint8Array[] | null = [];
  #gone = false;

  constructor(sink: TerminalSink, flow: Flow) {
    this.#sink = sink;
    this.#debt = flow.consumer(VIEWER_MARKS);
  }

  /** The screen as it was at the byte where this viewer came in. */
  begin(snapshot: Uint8Array): void {
    const early = this.#early ?? [];
    this.#early = null;
    this.#write(snapshot);
    for (const bytes of early) this.#write(bytes);
  }

  give(bytes: Uint8Array): void {
    if (this.#early === null) this.#write(bytes);
    else this.#early.push(bytes);
  }

  ack(bytes: number): void {
    this.#debt.done(bytes);
  }

  leave(): void {
    this.#gone = true;
    this.#debt.leave();
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.#gone; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      this.#debt.given(piece.length);
      this.#sink.write(piece);
    }
  }
}
