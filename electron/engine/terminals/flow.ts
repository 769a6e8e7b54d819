/** Bytes that a consumer may owe before the source is paused, and below which it goes on. */
export interface FlowMarks {
  readonly high: number;
  readonly low: number;
}

/**
 * For who draws: a page, through its transport. Wide enough that on a busy machine, where an acknowledgement takes tens of milliseconds, the page
 * still has something to draw (100 kB: 5 MB/s there in place of 8); little enough that Ctrl+C is felt within a tenth of a second.
 */
export const VIEWER_MARKS: FlowMarks = { high: 500_000, low: 250_000 };

/** One who is given bytes and says later that he has dealt with them. */
export interface FlowConsumer {
  given(bytes: number): void;
  done(bytes: number): void;
  /** Owes nothing any more. May be called twice. */
  leave(): void;
}

/** Pauses a source while any of its consumers is too far behind. */
export class Flow {
  readonly #blocked = new Set<FlowConsumer>();
  readonly #pause: () => void;
  readonly #resume: () => void;

  constructor(pause: () => void, resume: () => void) {
    this.#pause = pause;
    this.#resume = resume;
  }

  get paused(): boolean {
    return this.#blocked.size > 0;
  }

  consumer({ high, low }: FlowMarks): FlowConsumer {
    let owed = 0;
    let gone = false;
    const consumer: FlowConsumer = {
      given: (bytes) => {
        if (gone) return;
        owed += bytes;
        if (owed > high) this.#block(consumer);
      },
      done: (bytes) => {
        owed = Math.max(0, owed - bytes);
        if (owed < low) this.#unblock(consumer);
      },
      leave: () => {
        gone = true;
        this.#unblock(consumer);
      },
    };
    return consumer;
  }

  #block(consumer: FlowConsumer): void {
    const was = this.paused;
    this.#blocked.add(consumer);
    if (!was) this.#pause();
  }

  #unblock(consumer: FlowConsumer): void {
    if (this.#blocked.delete(consumer) && !this.paused) this.#resume();
  }
}
