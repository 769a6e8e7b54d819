import { LabError } from '../../contract/error.ts';
import type { Outcome, SeenView } from '../../contract/models/verdict.ts';

/** The part of a question that its outcome repeats. */
export interface Graded {
  readonly id: string;
  readonly weight: number;
}

export const passed = (question: Graded, seen: SeenView[] = []): Outcome => ({
  question: question.id,
  verdict: 'pass',
  earned: question.weight,
  weight: question.weight,
  checks: [],
  message: null,
  seen,
});

export const failed = (question: Graded, message: string): Outcome => ({
  question: question.id,
  verdict: 'fail',
  earned: 0,
  weight: question.weight,
  checks: [],
  message,
});

/** A fault that is not the learner's: what happened and what to do. */
export const errored = (question: Graded, thrown: unknown): Outcome => ({
  question: question.id,
  verdict: 'error',
  earned: 0,
  weight: question.weight,
  checks: [],
  message: errorMessage(thrown),
});

export const errorMessage = (thrown: unknown): string => {
  const { message, hint } = LabError.from(thrown);
  return `${message} ${hint ?? 'This is not a wrong answer and costs nothing. Check again; `patchbay doctor` looks for the cause.'}`;
};
