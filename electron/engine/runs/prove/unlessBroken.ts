import { LabError } from '../../../contract/error.ts';
import type { EnvironmentView } from '../../../contract/models/run.ts';

/** Milliseconds between two looks at the environment. */
const LOOK = 250;
/** No question takes that long, on the slowest machine either. Milliseconds. */
const LIMIT = 15 * 60_000;

/**
 * What the work comes to; rejects as soon as the environment is lost under it, for every claim that came after would only wait for its own
 * deadline, and at the latest at the limit. The work itself is then nobody's any more: whoever gave it has to see to it that it ends.
 */
export async function unlessBroken<T>(
  view: () => EnvironmentView,
  work: () => Promise<T>,
  { look = LOOK, limit = LIMIT }: { look?: number; limit?: number } = {},
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const broken = new Promise<never>((_, reject) => {
    const began = performance.now();
    // Once may be the moment between a loss and its mending.
    let seen = 0;
    timer = setInterval(() => {
      const now = view();
      const lost = now.state === 'degraded' || now.state === 'failed';
      seen = lost ? seen + 1 : 0;
      if (lost && seen > 1) reject(LabError.fromView(now.error));
      else if (performance.now() - began > limit)
        reject(new LabError('timeout', `This question was not proven within ${limit / 60_000} minutes.`));
    }, look);
  });
  const done = work();
  done.catch(() => undefined);
  try {
    return await Promise.race([done, broken]);
  } finally {
    clearInterval(timer);
  }
}
