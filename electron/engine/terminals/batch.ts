/** Milliseconds that bytes may wait for more. */
const WAIT = 5;
/** Bytes that are worth sending on their own. */
const ENOUGH = 64 * 1024;

/**
 * Gathers output, so that a flood costs few messages. The first bytes after a rest go at once: an echoed key never waits.
 */
export class Batch {
  readonly #send: (bytes: Uint8Array) => void;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  add(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    if (this.#timer === null) {
      this.#sendNow();
      this.#timer = setTimeout(() => this.#rested(), WAIT);
    } else if (this.#size >= ENOUGH) this.#sendNow();
  }

  /** Sends what is waiting. */
  flush(): void {
    if (this.#size > 0) this.#sendNow();
  }

  close(): void {
    this.flush();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #rested(): void {
    this.#timer = null;
    if (this.#size === 0) return;
    this.#sendNow();
    this.#timer = setTimeout(() => this.#rested(), WAIT);
  }

  #sendNow(): void {
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [];
    this.#size = 0;
    this.#send(bytes);
  }
}
