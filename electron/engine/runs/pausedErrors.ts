import { LabError } from '../../contract/error.ts';

/** Why nothing can be read or typed at present. */
export const isPaused = (run: string): LabError =>
  new LabError('paused', 'The environment is paused.', {
    hint: `This is not a wrong answer. Let it go on with "Go on" or \`patchbay resume ${run}\`, and ask again.`,
    data: { run },
  });

export const cannotPause = (run: string): LabError =>
  new LabError('conflict', `The environment of ${run} cannot be paused: only clusters can.`, {
    hint: 'It needs hardly anything while nobody works in it. `patchbay destroy` ends it.',
    data: { run },
  });
