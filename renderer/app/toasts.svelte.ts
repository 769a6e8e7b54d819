import { LabError } from '../../electron/contract/error.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'pass' | 'fail' | 'error';
  readonly title: string;
  readonly text: string | null;
}

/** Messages at the lower right: good news goes by itself, an error stays until it is dismissed. */
export class Toasts {
  #next = 1;
  shown = $state<Toast[]>([]);

  tell(title: string, text: string | null = null): void {
    this.#add({ tone: 'pass', title, text });
  }

  /** Shows what was thrown, with its hint. */
  fail(thrown: unknown): void {
    const error = LabError.from(thrown);
    this.#add({ tone: 'error', title: error.message, text: error.hint });
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((it) => it.id !== id);
  }

  #add(toast: Omit<Toast, 'id'>): void {
    // Three are enough to read; the oldest goes.
    this.shown = [...this.shown.slice(-2), { ...toast, id: this.#next++ }];
  }
}
