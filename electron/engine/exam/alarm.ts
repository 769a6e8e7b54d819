/** Timers of Node hold at most this long; a sleeping laptop stops them altogether. Milliseconds. */
const LOOK = 5_000;

/** Rings once when nothing is left, by a clock that may be given time meanwhile, and that a sleep does not stop. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** `left` in milliseconds, asked anew at each look. */
  set(left: () => number): void {
    clearTimeout(this.#timer);
    const now = left();
    if (now <= 0) return this.#ring();
    this.#timer = setTimeout(() => this.set(left), Math.min(now, LOOK));
    // An exam whose shells have all gone holds no engine up: its clock is in its journal.
    this.#timer.unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
