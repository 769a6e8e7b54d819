import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../../contract/error.ts';
import type { Housekeeping } from '../../docker/housekeeping.ts';

/** An engine may still be unmounting it. */
const TRIES = 5;

/**
 * Removes what was fetched and compiled. It is gigabytes in many small files, which a busy engine may take longer over than anybody waits for an
 * answer: what it does not let go now, `patchbay clean --images` removes, and nothing fails for it. True when it is gone.
 */
export async function forgetVolume(
  housekeeping: Pick<Housekeeping, 'removeVolume'>,
  name: string,
  pause = 500,
): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt++)
    try {
      await housekeeping.removeVolume(name);
      return true;
    } catch (error) {
      if (LabError.from(error).code !== 'conflict') return false;
      await sleep(pause);
    }
  return false;
}
