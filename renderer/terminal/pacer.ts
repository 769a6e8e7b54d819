/** A terminal without the focus draws at most this often. Milliseconds. */
const IDLE_MS = 100;
/** Bytes that are worth an acknowledgement of their own: a small part of what the engine sends without one. */
const ENOUGH = 64 * 1024;

/**
 * Decides when a terminal's bytes are drawn: at once where the learner types, otherwise ten times a second.
 * Bytes are acknowledged only after they were drawn, so that a flood stops at the engine and memory stays flat; and not each echo for itself,
 * for that would take the page's time just when it is to draw it.
 */
export class Pacer {
  readonly #draw: (bytes: Uint8Array, drawn: () => void) => void;
  readonly #ack: (bytes: number) => void;
  #waiting: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #eager = false;
  /** Bytes that are drawn and not yet acknowledged. */
  #drawn = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;

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
    clearTimeout(this.#telling);
    this.#timer = undefined;
    this.#waiting = [];
    this.#drawn = 0;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) this.#send(bytes);
  }

  #send(bytes: Uint8Array): void {
    this.#draw(bytes, () => {
      this.#drawn += bytes.length;
      if (this.#drawn >= ENOUGH) this.#tell();
      else this.#telling ??= setTimeout(() => this.#tell(), IDLE_MS);
    });
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#drawn > 0) this.#ack(this.#drawn);
    this.#drawn = 0;
  }
}
