import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedTask } from '../catalog/expanded.ts';
import type { LiveEnvironment } from '../environments/provider.ts';
import { Watcher } from '../grading/watch.ts';

/** Which checks of the tasks hold at this moment, followed for as long as there is an environment. It is written down nowhere. */
export class PresentTicks {
  readonly #tasks: readonly ExpandedTask[];
  readonly #holds = new Map<string, boolean>();
  #watch: Watcher | null = null;

  constructor(tasks: readonly ExpandedTask[]) {
    this.#tasks = tasks;
  }

  /** `QUESTION/CHECK` -> whether it holds; nothing where that is not known. */
  get holds(): ReadonlyMap<string, boolean> {
    return this.#holds;
  }

  /** Another environment, or (null) none. `tell` hears of every task whose checks came out differently than before. */
  follow(environment: LiveEnvironment | null, open: string | null, tell: (outcome: Outcome) => void): void {
    this.#watch?.close();
    this.#watch = environment && new Watcher(environment, this.#tasks, tell);
    this.#watch?.open(open);
  }

  /** The question that is now in front of the learner: what nothing wakes is asked. */
  open(question: string): void {
    this.#watch?.open(question);
  }

  /** An error says nothing about whether it holds. */
  see({ question, checks }: Outcome): void {
    for (const { id, verdict } of checks) {
      if (verdict === 'error') this.#holds.delete(`${question}/${id}`);
      else this.#holds.set(`${question}/${id}`, verdict === 'pass');
    }
  }

  forget(): void {
    this.#holds.clear();
  }
}
