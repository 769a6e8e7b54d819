import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedTask } from '../catalog/expanded.ts';
import type { LiveEnvironment } from '../environments/provider.ts';
import { Watcher } from '../grading/watch.ts';

/** Which checks of a run's tasks hold at present, kept up to date with no button pressed. Written down nowhere. */
export class PresentTicks {
  readonly #tasks: () => readonly ExpandedTask[];
  readonly #changed: (outcome: Outcome) => void;
  readonly #holds = new Map<string, boolean>();
  #environment: LiveEnvironment | null = null;
  #watch: Watcher | null = null;
  #open: string | null = null;

  /** `tasks`: those that are to be watched now. `changed`: a task's checks came out differently than before. */
  constructor(tasks: () => readonly ExpandedTask[], changed: (outcome: Outcome) => void) {
    this.#tasks = tasks;
    this.#changed = changed;
  }

  /** `question/check` to whether it holds. */
  get holds(): ReadonlyMap<string, boolean> {
    return this.#holds;
  }

  /** Another environment, or none. */
  follow(environment: LiveEnvironment | null): void {
    this.#environment = environment;
    this.again();
  }

  /** Other tasks are to be watched. */
  again(): void {
    this.#watch?.close();
    this.#watch = this.#environment ? new Watcher(this.#environment, this.#tasks(), this.#changed) : null;
    this.#watch?.open(this.#open);
  }

  /** The question that is in front of the learner. */
  open(question: string | null): void {
    this.#open = question;
    this.#watch?.open(question);
  }

  /** An error says nothing about whether it holds. */
  see({ question, checks }: Outcome): void {
    for (const { id, verdict } of checks) {
      if (verdict === 'error') this.#holds.delete(`${question}/${id}`);
      else this.#holds.set(`${question}/${id}`, verdict === 'pass');
    }
  }

  /** The environment is on its way out: nothing that it tells counts any more. */
  clear(): void {
    this.follow(null);
    this.#holds.clear();
  }
}
