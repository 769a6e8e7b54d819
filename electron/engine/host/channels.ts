import { FIRST_TERMINAL_CHANNEL } from '../../contract/frames.ts';
import type { TerminalSize, TerminalViewer } from './terminalGateway.ts';

interface Attached {
  readonly terminal: string;
  readonly run: string | null;
  readonly viewer: TerminalViewer;
}

/** The terminals that one connection watches, each under a channel number that is used once. */
export class Channels {
  readonly #send: (channel: number, bytes: Uint8Array) => void;
  readonly #attached = new Map<number, Attached>();
  #next = FIRST_TERMINAL_CHANNEL;
  #ended = false;

  constructor(send: (channel: number, bytes: Uint8Array) => void) {
    this.#send = send;
  }

  get size(): number {
    return this.#attached.size;
  }

  allot(): number {
    return this.#next++;
  }

  send(channel: number, bytes: Uint8Array): void {
    if (!this.#ended) this.#send(channel, bytes);
  }

  /** A client that left while its attach was under way gets nothing. */
  attach(channel: number, { id, run }: { id: string; run: string | null }, viewer: TerminalViewer): void {
    if (this.#ended) viewer.detach();
    else this.#attached.set(channel, { terminal: id, run, viewer });
  }

  /** Bytes for a channel that is not (or no longer) attached are what was under way when it was left: dropped. */
  input(channel: number, bytes: Uint8Array): void {
    this.#attached.get(channel)?.viewer.input(bytes);
  }

  ack(channel: number, bytes: number): void {
    this.#attached.get(channel)?.viewer.ack(bytes);
  }

  resize(terminal: string, size: TerminalSize): void {
    for (const it of this.#attached.values()) if (it.terminal === terminal) it.viewer.resize(size);
  }

  detach(channel: number): void {
    this.#attached.get(channel)?.viewer.detach();
    this.#attached.delete(channel);
  }

  /** The terminal was closed, or its run is gone: there is nothing to watch any more. */
  leave(gone: { terminal: string } | { run: string }): void {
    for (const [channel, it] of [...this.#attached])
      if ('terminal' in gone ? it.terminal === gone.terminal : it.run === gone.run) this.detach(channel);
  }

  detachAll(): void {
    this.#ended = true;
    for (const channel of [...this.#attached.keys()]) this.detach(channel);
  }
}
