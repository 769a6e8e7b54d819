import { runs } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';

/** What Electron's powerMonitor tells of the machine. */
export interface Power {
  on(event: 'suspend' | 'resume', listener: () => void): unknown;
}

/** Milliseconds after which an engine that does not answer is left alone, so that the next waking is heard. */
const LIMIT = 60_000;

/**
 * Pauses the runs that can be paused while the machine sleeps, and lets those go on when it wakes; what was paused by hand stays so. Without it
 * the nodes of a cluster would find every lease and timeout long over. The system may sleep in the middle of it: the rest is done on waking,
 * one after the other.
 */
export function pauseInSleep(power: Power, connect: () => Client): void {
  let asleep: readonly string[] = [];
  let work: Promise<void> = Promise.resolve();
  const then = (next: (client: Client) => Promise<void>) => {
    work = work.then(async () => {
      const client = connect();
      const late = setTimeout(() => client.close(), LIMIT);
      // An engine that is away has nothing to pause; what it does not answer is shown in its page.
      await next(client).catch(() => undefined);
      clearTimeout(late);
      client.close();
    });
  };
  power.on('suspend', () =>
    then(async (client) => {
      asleep = [...new Set([...asleep, ...(await pauseAll(client))])];
    }),
  );
  power.on('resume', () =>
    then(async (client) => {
      await Promise.allSettled(asleep.map((run) => client.call(runs.resume, { run })));
      asleep = [];
    }),
  );
}

/** Ids of those that stand still now. Kinds that cannot refuse, and go on. */
async function pauseAll(client: Client): Promise<string[]> {
  const running = (await client.call(runs.list, {})).runs.filter(({ environment }) => environment === 'running');
  const paused = await Promise.allSettled(running.map(({ id }) => client.call(runs.pause, { run: id })));
  return running.flatMap(({ id }, index) => (paused[index]?.status === 'fulfilled' ? [id] : []));
}
