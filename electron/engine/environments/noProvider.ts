import { LabError } from '../../contract/error.ts';
import type { Provider } from './provider.ts';

const refuse = () =>
  Promise.reject(new LabError('environment-failed', 'This version of Patchbay cannot make environments of this kind.'));

/** For a kind that labs may name and nothing makes. */
export const noProvider: Provider = {
  pausing: null,
  start: refuse,
  resume: refuse,
  mend: refuse,
  destroy: refuse,
};
