import type { EnvironmentView } from '../../contract/models/run.ts';

/** Faults that no command in a node can bring about. */
const ours: ReadonlySet<string> = new Set([
  'docker-missing',
  'docker-failed',
  'docker-permission',
  'disk-full',
  'agent-failed',
]);

/**
 * Gives back the time in which an environment was gone through no fault of the learner: from its loss to its return. What a learner can do himself (end
 * a node) gives nothing back, and neither does a closed app.
 */
export class CreditMeter {
  readonly #now: () => number;
  readonly #credit: (seconds: number, reason: string) => Promise<void>;
  /** Runs that are gone now, and since when; overlapping losses count once. */
  readonly #gone = new Set<string>();
  #since: { readonly at: number; readonly reason: string } | null = null;
  #crediting: Promise<void> = Promise.resolve();

  constructor(now: () => number, credit: (seconds: number, reason: string) => Promise<void>) {
    this.#now = now;
    this.#credit = credit;
  }

  see(run: string, view: EnvironmentView): void {
    const lost = view.state === 'degraded' && ours.has(view.error.code);
    if (lost) {
      this.#gone.add(run);
      this.#since ??= { at: this.#now(), reason: view.error.message };
      return;
    }
    // On its way back it is still gone.
    if (view.state === 'starting') return;
    this.#gone.delete(run);
    if (this.#gone.size === 0) void this.settle();
  }

  /** What is owed is written down; resolves when it is. */
  async settle(): Promise<void> {
    const since = this.#since;
    this.#since = null;
    if (since) {
      const seconds = Math.round((this.#now() - since.at) / 1000);
      if (seconds > 0) this.#crediting = this.#crediting.then(() => this.#credit(seconds, since.reason));
    }
    await this.#crediting.catch(() => undefined);
  }
}
