import type { z } from 'zod';
import { LabError } from '../../contract/error.ts';

/** What is wrong with a call's parameters: every mistake with its path. */
export const inputError = (call: string, error: z.ZodError): LabError => {
  const mistakes = error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  const said = mistakes.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  return new LabError('bad-input', `${call}: ${said}`, { data: { call, mistakes } });
};
