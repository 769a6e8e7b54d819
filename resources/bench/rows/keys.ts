import type { Page } from '@playwright/test';
import type { Measurement } from '../measurements.ts';
import { RawShell } from '../peers/rawShell.ts';
import { row } from '../row.ts';
import { median, percentile } from '../statistics.ts';
import { openTerminalPages } from '../terminalPages.ts';
import { until, within } from '../waiting.ts';

const KEY = 'x';
const BLOCK = 20;
const BLOCKS = 8;

/** From a key to its letter on the screen, through everything; against an exec's stream alone, and the usual web terminal. */
export const keys: Measurement['measure'] = async (site) => {
  const pages = await openTerminalPages(site, 'at once');
  const raw = await RawShell.open(site.docker, pages.container);
  try {
    const browser = await pages.openPeer('echoServer.mjs');
    const ours: number[] = [];
    const stream: number[] = [];
    const peer: number[] = [];
    const alone: number[] = [];
    for (let block = -1; block < BLOCKS; block++) {
      site.say(block < 0 ? 'warming up' : `${block + 1} of ${BLOCKS}, ${BLOCK} keys each`);
      const samples = [
        await onPage(pages.ours.page),
        await raw.keys(KEY, BLOCK),
        await onPage(pages.peer.page),
        await onPage(browser.page),
      ] as const;
      if (block < 0) continue;
      ours.push(...samples[0]);
      stream.push(...samples[1]);
      peer.push(...samples[2]);
      alone.push(...samples[3]);
    }
    const against = (name: string, theirs: readonly number[], who: string, most: number) =>
      row({
        name,
        ours: percentile(ours, 95),
        peer: percentile(theirs, 95),
        unit: 'ms',
        goal: { of: 'ratio', at: 'most', value: most },
        note: `${who}; ${ours.length} keys each, in turns of ${BLOCK}; medians: ours ${median(ours).toFixed(1)}, peer ${median(theirs).toFixed(1)}`,
      });
    return [
      against('key to screen, p95, against an exec stream without a page', stream, 'a hijacked exec of bash', 2),
      against('key to screen, p95, against node-pty', peer, 'node-pty with `docker exec -it` in the same page', 1),
      row({
        name: 'key to screen, p95, of the browser alone',
        ours: percentile(alone, 95),
        peer: percentile(stream, 95),
        unit: 'ms',
        goal: null,
        note: `the peer's page on a WebSocket that sends each key straight back: the least that any page here takes; the peer is the exec stream; median ${median(alone).toFixed(1)}`,
      }),
    ];
  } finally {
    raw.close();
    await pages.close();
  }
};

async function onPage(page: Page): Promise<number[]> {
  const samples: number[] = [];
  await page.bringToFront();
  for (let count = 1; count <= BLOCK; count++) {
    await page.evaluate(`measured.armKey('${KEY}', ${count})`);
    await page.keyboard.press(KEY);
    samples.push(await within(10_000, 'a key on the screen', page.evaluate<number>('measured.key')));
    // A typist's pace, so that each key is a first one.
    await page.waitForTimeout(25);
  }
  await page.keyboard.press('Control+U');
  await until(
    10_000,
    'an empty line',
    async () => !(await page.evaluate<string>('measured.screen()')).includes(KEY.repeat(2)),
  );
  return samples;
}
