/** Milliseconds. */
export interface ClockTimes {
  /** When the exam began by the wall clock; null while its first environment is still being made. */
  readonly beganAt: number | null;
  readonly length: number;
  /** Time given back. */
  readonly credited: number;
}

export interface Time {
  /** The wall clock. */
  now(): number;
  /** Never goes back; says nothing across a restart. */
  monotonic(): number;
}

export const machineTime: Time = { now: () => Date.now(), monotonic: () => performance.now() };

/**
 * How much of an exam is left. The wall clock counts, so that a closed app and a sleeping laptop cost time as a watch on the wall would. Turned back, it would
 * give time away: what this process has seen pass is passed.
 */
export class ExamClock {
  readonly #time: Time;
  /** The first look of this process at the clock, on both. */
  #anchor: { readonly wall: number; readonly monotonic: number } | null = null;

  constructor(time: Time = machineTime) {
    this.#time = time;
  }

  /** Milliseconds, 0 when time is up, the whole length while it has not begun. */
  left({ beganAt, length, credited }: ClockTimes): number {
    if (beganAt === null) return length;
    return Math.max(beganAt + length + credited - this.now(), 0);
  }

  /** The wall clock, unless it was turned back. Milliseconds. */
  now(): number {
    const [wall, monotonic] = [this.#time.now(), this.#time.monotonic()];
    this.#anchor ??= { wall, monotonic };
    return Math.max(wall, this.#anchor.wall + (monotonic - this.#anchor.monotonic));
  }
}
