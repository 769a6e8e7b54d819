import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../../../contract/error.ts';
import type { Outcome } from '../../../contract/models/verdict.ts';
import type { ExpandedQuestion, ExpandedTask } from '../../catalog/expanded.ts';
import type { Step } from '../../catalog/schema.ts';
import type { Run } from '../run.ts';
import type { Solver } from '../solver.ts';
import { said } from './claims.ts';

/** A real network needs a moment: an address is resolved, a carrier comes up. Milliseconds. */
const SETTLING = 4000;
const AGAIN = 150;
/** An error says nothing: on a busy machine it is asked again, so long in the whole of a proof. Milliseconds. */
const PATIENCE = 60_000;

/** The run that a proof works with, and what state its environment is in. */
export class Workbench {
  readonly run: Run;
  readonly #solver: Solver;
  /** Of what was typed and broken since the environment was fresh: tasks that were solved, and the question that is open; null when it was anything else. */
  #solved: string | null = '';
  /** A task for which the environment was made ready, and which of its checks did not hold then. */
  #ready: { readonly task: string; readonly failing: string } | null = null;
  #over = false;
  #patience: number;

  constructor(run: Run, solver: Solver, patience = PATIENCE) {
    this.run = run;
    this.#solver = solver;
    this.#patience = patience;
  }

  /**
   * A fresh environment in which everything that the question comes after is solved, and what it breaks is broken. One that is so already is kept:
   * looking changes nothing.
   */
  async before(question: ExpandedQuestion): Promise<void> {
    const wanted = earlier(this.run, question).filter((each) => each.kind === 'task');
    const broken = question.break.length > 0 ? [question.id] : [];
    const ids = [...wanted.map(({ id }) => id), ...broken].join(' ');
    if (this.#solved !== ids) {
      const again = question.kind === 'task' && question.undo.length > 0 && this.#ready?.task === question.id;
      if (again) await this.#undo(question, this.#ready?.failing ?? '');
      else {
        await this.reset();
        for (const each of wanted) {
          await this.prepare(each);
          await this.type(each.solve);
        }
        await this.prepare(question);
      }
      this.#solved = ids;
    }
    if (question.kind !== 'task' || question.undo.length === 0) this.#ready = null;
    else if (this.#ready?.task !== question.id)
      this.#ready = { task: question.id, failing: failing(await this.look(question, null)) };
  }

  /** What was tried for the task is taken back by its own steps, and exactly those checks do not hold that did not before. */
  async #undo(task: ExpandedTask, wanted: string): Promise<void> {
    await this.type(task.undo);
    const outcome = await this.lookUntil(task, (seen) => seen.verdict === 'fail' && failing(seen) === wanted);
    if (outcome.verdict === 'fail' && failing(outcome) === wanted) return;
    this.#ready = null;
    throw new LabError(
      'lab-invalid',
      `undo does not take back what was done: ${said(outcome)}, and at first ${wanted} did not hold`,
    );
  }

  /** What the question breaks is broken. */
  async prepare({ id, break: steps }: ExpandedQuestion): Promise<void> {
    this.#mustGoOn();
    if (steps.length === 0) return;
    this.#solved = null;
    await this.run.prepare(id);
  }

  async reset(): Promise<void> {
    this.#mustGoOn();
    if (this.#solved !== '') {
      await this.run.reset();
      this.#mustRun();
    }
    this.#solved = '';
    this.#ready = null;
  }

  async type(steps: readonly Step[]): Promise<string> {
    this.#solved = null;
    let printed = '';
    for (const step of steps) {
      this.#mustGoOn();
      printed = await this.#solver.type(this.run, step, 'at-once');
    }
    return printed;
  }

  /** Reading an answer leaves the environment as good as new. */
  async print(step: Step): Promise<string> {
    this.#mustGoOn();
    return this.#solver.type(this.run, step, 'at-once');
  }

  /** The run is to go: nothing is made in it any more by what is still under way. */
  end(): void {
    this.#over = true;
  }

  /** As things are now. An error is no answer, so that it is asked again for a while. */
  async look(question: ExpandedQuestion, given: readonly string[] | null): Promise<Outcome> {
    for (;;) {
      const began = performance.now();
      const outcome = await this.run.look(question.id, given);
      if (outcome.verdict !== 'error' || this.#patience <= 0) return outcome;
      await delay(AGAIN);
      this.#patience -= performance.now() - began;
    }
  }

  /** Looks until the outcome is as expected, twice in a row; else the last one. */
  async lookUntil(question: ExpandedQuestion, expected: (outcome: Outcome) => boolean): Promise<Outcome> {
    const until = performance.now() + SETTLING;
    let met = 0;
    for (;;) {
      const outcome = await this.look(question, null);
      met = expected(outcome) ? met + 1 : 0;
      if (met === 2 || performance.now() > until) return outcome;
      await delay(AGAIN);
    }
  }

  async ready(): Promise<void> {
    await this.run.environment.settled();
    this.#mustRun();
  }

  #mustGoOn(): void {
    if (this.#over) throw new LabError('conflict', 'The proof is over.');
  }

  #mustRun(): void {
    const { view } = this.run.environment;
    if (view.state === 'running') return;
    if (view.state === 'failed' || view.state === 'degraded') throw LabError.fromView(view.error);
    throw new LabError('environment-failed', `The environment is ${view.state}.`);
  }
}

/** The checks that do not hold. */
const failing = ({ checks }: Outcome): string =>
  checks
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ id }) => id)
    .join(' ');

/** What must be solved before a question, in the order in which to solve it. */
const earlier = (run: Run, question: ExpandedQuestion): ExpandedQuestion[] => {
  const found = new Map<string, ExpandedQuestion>();
  const visit = (id: string) => {
    if (found.has(id)) return;
    const each = run.question(id);
    for (const before of each.after) visit(before);
    found.set(id, each);
  };
  for (const id of question.after) visit(id);
  return [...found.values()];
};
