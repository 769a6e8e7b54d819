import { LabError } from '../../contract/error.ts';

/** For whoever looked at an environment that is not the run's any more. */
export const resetMeanwhile = (question: string) =>
  new LabError('conflict', `The environment was reset while question ${question} was looked at.`, {
    hint: 'Nothing was counted. Ask again.',
  });
