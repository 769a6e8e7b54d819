/** A terminal without the focus draws at most this often. Milliseconds. */
const IDLE_MS = 100;

/**
 * Decides when a terminal's bytes are drawn: at once where the learner types, otherwise ten times a second.
 * Bytes are acknowledged only after they were drawn, so that a flood stops at the engine and memory stays flat.
 */
export class Pacer {
  readonly #draw: (bytes: Uint8Array, drawn: () => void) => void;
  readonly #ack: (bytes: number) => void;
  #waiting: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #eager = false;

  constructor(draw: (bytes: Uint8Array, drawn: () => void) => void, ack: (bytes: number) => void) {
    this.#draw = draw;
    this.#ack = ack;
  }

  take(bytes: Uint8Array): void {
    if (this.#eager) return this.#send(bytes);
    this.#waiting.push(bytes);
    this.#timer ??= setTimeout(() => this.#flush(), IDLE_MS);
  }

  set eager(eager: boolean) {
    this.#eager = eager;
    if (eager) this.#flush();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) this.#send(bytes);
  }

  #send(bytes: Uint8Array): void {
    this.#draw(bytes, () => this.#ack(bytes.length));
  }
}
