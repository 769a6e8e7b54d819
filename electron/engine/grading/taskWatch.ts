import type { CheckOutcome, Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedCheck, ExpandedTask } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { askChecks, waiting } from './checks.ts';
import { coalesced } from './coalesced.ts';
import { taskOutcome } from './task.ts';
import { isTold } from './truth.ts';

/**
 * Keeps the outcome of one task's checks up to date, on two lanes, so that a ping that waits a second never holds up the tick of a route.
 * The quick lane has the checks that events tell of; the slow lane the others and all that need one of those.
 */
export class TaskWatch {
  readonly #task: ExpandedTask;
  readonly #environment: EnvironmentReader;
  readonly #tell: (outcome: Outcome) => void;
  readonly #quick: readonly ExpandedCheck[];
  readonly #slow: readonly ExpandedCheck[];
  readonly #known = new Map<string, CheckOutcome>();
  readonly #quickLane = coalesced(() => this.#askQuick());
  readonly #slowLane = coalesced(() => this.#askSlow());
  #isOpen = false;
  #closed = false;
  #first = true;
  #told = '';

  constructor(environment: EnvironmentReader, task: ExpandedTask, tell: (outcome: Outcome) => void) {
    this.#environment = environment;
    this.#task = task;
    this.#tell = tell;
    const quick = quickOf(task.checks);
    this.#quick = quick;
    this.#slow = task.checks.filter((check) => !quick.includes(check));
  }

  /** The environment changed. */
  changed(): void {
    if (!this.#closed) this.#quickLane.request();
  }

  /** A second went by while the question is open. */
  tick(): void {
    if (!this.#closed && this.#isOpen && this.#slow.length > 0) this.#slowLane.requestIfIdle();
  }

  set open(open: boolean) {
    if (open && !this.#isOpen && !this.#closed && !this.#first) this.#slowLane.request();
    this.#isOpen = open;
  }

  close(): void {
    this.#closed = true;
  }

  async #askQuick(): Promise<void> {
    const before = JSON.stringify(this.#quick.map(({ id }) => this.#known.get(id)?.verdict));
    this.#learn(await askChecks(this.#environment, this.#quick));
    const after = JSON.stringify(this.#quick.map(({ id }) => this.#known.get(id)?.verdict));
    // A closed question's pings are sent only when something that they hang on has moved: a ping itself changes the neighbour table, and
    // must not be the reason for the next one.
    const moved = this.#first || before !== after;
    this.#first = false;
    if (!this.#closed && this.#slow.length > 0 && (this.#isOpen || moved)) this.#slowLane.request();
  }

  async #askSlow(): Promise<void> {
    if (this.#closed) return;
    this.#learn(await askChecks(this.#environment, this.#slow, this.#known));
  }

  #learn(outcomes: readonly CheckOutcome[]): void {
    if (this.#closed) return;
    for (const outcome of outcomes) this.#known.set(outcome.id, outcome);
    this.#withdraw();
    const checks = this.#task.checks.map(({ id }) => this.#known.get(id) ?? waiting(id));
    const told = JSON.stringify(checks);
    if (told === this.#told) return;
    this.#told = told;
    this.#tell(taskOutcome(this.#task, checks));
  }

  /** What was learned under a need that has fallen meanwhile is not known any more; the checks stand in any order, so until nothing moves. */
  #withdraw(): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const { id, needs } of this.#slow) {
        const known = this.#known.get(id);
        if (!known || known.verdict === 'waiting') continue;
        if (needs.every((need) => this.#known.get(need)?.verdict === 'pass')) continue;
        this.#known.set(id, waiting(id));
        moved = true;
      }
    }
  }
}

/** Checks whose probe has events, and whose needs all are such checks. */
const quickOf = (checks: readonly ExpandedCheck[]): ExpandedCheck[] => {
  let quick = checks.filter(({ look }) => isTold(look));
  for (let before = -1; before !== quick.length; ) {
    before = quick.length;
    const ids = quick.map(({ id }) => id);
    quick = quick.filter(({ needs }) => needs.every((need) => ids.includes(need)));
  }
  return quick;
};
