import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../../../../contract/error.ts';
import type { Docker } from '../../../docker/docker.ts';
import type { NodeProcess } from '../../nodeProcess.ts';

/** Milliseconds between two looks: a container that ended is not waited for to the end of a limit. */
const LOOK = 1500;

/** Does the work as long as all of these run and nobody has given up; rejects with who ended otherwise. */
export const whileRunning = async <Result>(
  docker: Docker,
  processes: readonly NodeProcess[],
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> => {
  const done = new AbortController();
  const working = work();
  working.catch(() => undefined);
  try {
    return await Promise.race([
      working,
      untilOneEnds(docker, processes, AbortSignal.any([signal, done.signal]), signal),
    ]);
  } finally {
    done.abort();
  }
};

const untilOneEnds = async (
  docker: Docker,
  processes: readonly NodeProcess[],
  ending: AbortSignal,
  givenUp: AbortSignal,
): Promise<never> => {
  while (!ending.aborted) {
    await delay(LOOK, undefined, { signal: ending }).catch(() => undefined);
    if (ending.aborted) break;
    for (const { name, container, pid } of processes) {
      const state = await docker.inspect(container).catch(() => undefined);
      if (state === undefined || state?.pid === pid) continue;
      const log = state ? await docker.logs(container, 12).catch(() => '') : '';
      throw new LabError('environment-failed', `${name} ended while it was starting.`, {
        data: { node: name, component: 'container', log: log.split('\n') },
      });
    }
  }
  if (givenUp.aborted) throw new LabError('environment-failed', 'The start was interrupted.');
  // The work is done; nobody waits for this any more.
  return new Promise<never>(() => undefined);
};
