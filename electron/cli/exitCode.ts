import type { ErrorCode } from '../contract/error.ts';
import type { Outcome } from '../contract/models/verdict.ts';

/** The exit codes of every verb, as `patchbay --help` documents them. */
export const EXIT = { done: 0, notPassed: 1, badInput: 2, failed: 3 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

const faultOfTheCaller = new Set<ErrorCode>(['bad-input', 'not-found', 'lab-invalid', 'conflict', 'limit', 'paused']);

export const exitOfError = (code: ErrorCode): Exit => (faultOfTheCaller.has(code) ? EXIT.badInput : EXIT.failed);

/** One that could not be graded outweighs one that did not pass. */
export const exitOfOutcomes = (outcomes: readonly Outcome[]): Exit =>
  outcomes.some((it) => it.verdict === 'error')
    ? EXIT.failed
    : outcomes.every((it) => it.verdict === 'pass')
      ? EXIT.done
      : EXIT.notPassed;
