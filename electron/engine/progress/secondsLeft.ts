import type { Step } from '../../contract/models/progress.ts';

/** What is usual less what is spent, in whole seconds; null where nobody knows. */
export const secondsLeft = (steps: readonly Step[]): number | null => {
  const left = steps.reduce(
    (sum, step) => sum + (step.state === 'done' ? 0 : Math.max((step.usual ?? 0) - (step.seconds ?? 0), 0)),
    0,
  );
  return left > 0 ? Math.round(left) : null;
};
