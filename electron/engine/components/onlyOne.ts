import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import { takeLock } from '../docker/startLock.ts';
import { StepList } from '../progress/stepList.ts';

/** Milliseconds. Longer than the slowest machine compiles. */
const LIMIT = 2 * 60 * 60_000;

/** Does the work while no other process of this machine does it in the same folder; waits for that one first, and tells so, naming `what` it gets. */
export async function onlyOne<T>(
  folder: string,
  onSteps: (steps: Step[]) => void,
  signal: AbortSignal,
  work: () => Promise<T>,
  what = 'the components of Kubernetes',
): Promise<T> {
  const file = join(folder, 'lock');
  const release = takeLock(file) ?? (await waitFor(file, what, onSteps, signal));
  try {
    return await work();
  } finally {
    release();
  }
}

async function waitFor(
  file: string,
  what: string,
  onSteps: (steps: Step[]) => void,
  signal: AbortSignal,
): Promise<() => void> {
  const steps = new StepList({ other: `Another Patchbay gets ${what}` }, onSteps);
  try {
    return await steps.run('other', async () => {
      for (const end = performance.now() + LIMIT; performance.now() < end; ) {
        const release = takeLock(file);
        if (release) return release;
        await sleep(500, undefined, { signal }).catch(() => {
          throw new LabError('image-failed', `Waiting for ${what} was interrupted.`);
        });
      }
      throw new LabError('timeout', `Another process has been getting ${what} for ${LIMIT / 60_000} min.`, {
        hint: `Its number is in ${file}. When it is stuck, end it, or remove that file.`,
      });
    });
  } finally {
    steps.end();
  }
}
