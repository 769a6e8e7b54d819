import { LabError } from '../../contract/error.ts';
import { dockerFailure } from './failure.ts';

/**
 * One request to Docker that does not wait for ever: rejects with `timeout` after `ms`, and with a LabError for every other failure.
 * The signal ends the request itself; for a stream the bound is on its beginning only.
 */
export async function bounded<T>(doing: string, ms: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new LabError('timeout', `Docker did not ${doing} within ${ms / 1000} s.`, {
          hint: 'The engine may be overloaded or hung: `docker version` shows whether it answers at all.',
          data: { doing },
        }),
      );
      abort.abort();
    }, ms);
  });
  try {
    return await Promise.race([ask(abort.signal), late]);
  } catch (error) {
    throw dockerFailure(error, doing);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds. Generous: a laptop that builds something else at the same time is slow, not broken. */
export const patience = { ask: 15_000, change: 60_000, image: 20 * 60_000 } as const;
