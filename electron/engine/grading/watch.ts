import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedTask } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { probeNamed } from '../probes/table.ts';
import { TaskWatch } from './taskWatch.ts';

/** How often checks without events are asked while their question is open. Milliseconds. */
const SECOND = 1000;

/**
 * Watches the tasks of a run: asks their checks again when the environment changes and tells the outcome whenever it differs from the last one told.
 * The event only wakes; the state is read anew. One watcher an environment: after a reset, close it and make another.
 */
export class Watcher {
  readonly #tasks: ReadonlyMap<string, TaskWatch>;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(environment: EnvironmentReader, tasks: readonly ExpandedTask[], tell: (outcome: Outcome) => void) {
    this.#tasks = new Map(tasks.map((task) => [task.id, new TaskWatch(environment, task, tell)]));
    prepare(environment, tasks);
    this.#unsubscribe = environment.onChange(() => this.#changed());
    this.#changed();
  }

  /** The question in front of the learner, or null: its checks without events are asked once a second. */
  open(question: string | null): void {
    for (const [id, task] of this.#tasks) task.open = id === question;
    if (this.#timer) clearInterval(this.#timer);
    const task = question === null ? undefined : this.#tasks.get(question);
    this.#timer = task ? setInterval(() => task.tick(), SECOND) : null;
  }

  /** Nothing is told after this. */
  close(): void {
    this.#unsubscribe();
    if (this.#timer) clearInterval(this.#timer);
    for (const task of this.#tasks.values()) task.close();
  }

  #changed(): void {
    for (const task of this.#tasks.values()) task.changed();
  }
}

/** Not waited for: whoever asks later waits himself, and is told what is wrong. */
const prepare = (environment: EnvironmentReader, tasks: readonly ExpandedTask[]): void => {
  for (const { look } of tasks.flatMap((task) => task.checks)) {
    const probe = probeNamed(look.probe);
    if (!probe?.prepare) continue;
    const begin = async () => probe.prepare?.(environment.node(look.node));
    void begin().catch(() => undefined);
  }
};
