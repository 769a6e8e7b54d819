import { LabError } from '../../contract/error.ts';
import type { ExpandedQuestion } from '../catalog/expanded.ts';
import type { LiveEnvironment } from '../environments/provider.ts';
import { Once } from '../once.ts';
import { resetMeanwhile } from './resetMeanwhile.ts';
import { isSitting, type RunState } from './state.ts';

/** What a run tells and does for its questions' faults. */
export interface BreaksOf {
  questions(): readonly ExpandedQuestion[];
  state(): RunState;
  /** Grows with every reset. */
  epoch(): number;
  /** Throws the reason for which there is no environment. */
  environment(): LiveEnvironment;
  /** Written down when the fault is there. */
  broken(question: string): Promise<void>;
}

/**
 * The faults that questions are about: each is made when its question is first opened, and written down when it is there. An engine that is killed
 * in between makes it a second time, so it must do no harm to break twice.
 */
export class Breaks {
  readonly #of: BreaksOf;
  readonly #breaking = new Once<void>();

  constructor(of: BreaksOf) {
    this.#of = of;
  }

  /** Whether the question has a fault that is not there yet. */
  isPending({ id, break: steps }: ExpandedQuestion): boolean {
    return steps.length > 0 && this.#of.state().broken[id] === undefined;
  }

  /** Whether its turn has come: what it comes after is solved, so that faults do not lie on top of each other. In an exam nobody knows that. */
  isDue(question: ExpandedQuestion): boolean {
    const state = this.#of.state();
    const solved = isSitting(state) || question.after.every((id) => state.questions[id]?.state === 'pass');
    return this.isPending(question) && solved;
  }

  /** Resolves when the fault is there; at once where there is none to make. Rejects with a LabError, which is never the learner's fault. */
  async ensure(question: ExpandedQuestion): Promise<void> {
    if (!this.isPending(question)) return;
    const environment = this.#of.environment();
    const epoch = this.#of.epoch();
    await this.#breaking.do(`${epoch} ${question.id}`, async () => {
      for (const { node, run } of question.break)
        await environment.runUnseen(node, [run]).catch((thrown) => {
          throw this.#whyNot(question, node, LabError.from(thrown));
        });
      if (epoch !== this.#of.epoch()) throw resetMeanwhile(question.id);
      await this.#of.broken(question.id);
    });
  }

  /** A question was passed: the one in front of the learner may have waited for it. What goes wrong is told when that is judged, which tries again. */
  passed(): void {
    const { current, created } = this.#of.state();
    const question = this.#of.questions().find(({ id }) => id === current);
    // A proof decides by itself what is broken when.
    if (!question || created.purpose === 'proof' || !this.isDue(question)) return;
    void this.ensure(question).catch(() => undefined);
  }

  /** A learner must not read what was to be broken; who proves the lab must. */
  #whyNot(question: ExpandedQuestion, node: string, error: LabError): LabError {
    if (this.#of.state().created.purpose === 'proof') return error;
    console.error(`Question ${question.id} could not be prepared:`, error);
    return new LabError(error.code, `The question "${question.title}" could not be prepared on ${node}.`, {
      hint: 'This is not your mistake and costs nothing. Try again, or reset the environment.',
      data: { node, question: question.id },
    });
  }
}
