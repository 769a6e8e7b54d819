import type { TerminalSize } from '../host/terminalGateway.ts';
import type { ByteSource, ByteSourceEvents, OpenByteSource } from './byteSource.ts';

/** A program that a test plays: like a hijacked socket it holds what comes while it is paused. */
export class FakeSource implements ByteSource {
  readonly typed: string[] = [];
  readonly sizes: TerminalSize[] = [];
  paused = false;
  pauses = 0;
  fate: 'running' | 'ended' | 'left' = 'running';
  #events: ByteSourceEvents | null = null;
  #held: Uint8Array[] = [];

  readonly open: OpenByteSource = async (size, events) => {
    this.sizes.push(size);
    this.#events = events;
    return this;
  };

  say(bytes: Uint8Array | string): void {
    this.#held.push(Buffer.from(bytes));
    if (!this.paused) this.#tell();
  }

  get held(): number {
    return this.#held.reduce((sum, it) => sum + it.length, 0);
  }

  stop(how: 'exited' | 'lost'): void {
    this.#events?.ended(how);
  }

  write(bytes: Uint8Array): void {
    this.typed.push(Buffer.from(bytes).toString());
  }

  resize(size: TerminalSize): void {
    this.sizes.push(size);
  }

  pause(): void {
    this.paused = true;
    this.pauses++;
  }

  resume(): void {
    this.paused = false;
    this.#tell();
  }

  async end(): Promise<void> {
    this.fate = 'ended';
  }

  leave(): void {
    this.fate = 'left';
  }

  #tell(): void {
    for (let next = this.#held[0]; next !== undefined && !this.paused; next = this.#held[0]) {
      this.#held.shift();
      this.#events?.bytes(next);
    }
  }
}
