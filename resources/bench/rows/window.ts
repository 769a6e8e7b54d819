import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { desktop, electron } from '../../../e2e/support/places.ts';
import { root } from '../../setup/root.mjs';
import type { Measurement } from '../measurements.ts';
import { pairs } from '../pairs.ts';
import { row, unmeasured } from '../row.ts';
import { median, spread } from '../statistics.ts';

const NAME = 'window to catalog';

/** From the start of the program to the labs of the catalog in its window; no engine runs before. */
export const windowToCatalog: Measurement['measure'] = async ({ engine, say }) => {
  const executablePath = electron();
  if (!executablePath) return [unmeasured(NAME, 'ms', 'there is no Electron runtime')];
  await engine.standby(0);
  await engine.stop();
  const bare = join(root, 'resources/bench/peers/bareWindow.cjs');
  const { ours, peer } = await pairs({
    count: 9,
    warmUp: 2,
    say,
    ours: () => opened(executablePath, desktop, '[data-lab]', engine.stateDir),
    peer: () => opened(executablePath, bare, 'h1', engine.stateDir),
  });
  return [
    row({
      name: NAME,
      ours: median(ours),
      peer: median(peer),
      unit: 'ms',
      goal: { of: 'ratio', at: 'most', value: 1.5 },
      note: `a bare Electron window with one line of text, both held until the driver is attached; from the start of the process, engine included; ${ours.length} pairs; ours ${spread(ours)}, peer ${spread(peer)}`,
    }),
  ];
};

async function opened(executablePath: string, main: string, shows: string, stateDir: string): Promise<number> {
  // Chromium refuses root inside its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = { ...process.env, PATCHBAY_STATE_DIR: stateDir };
  const began = performance.now();
  const app = await _electron.launch({ executablePath, args: [...sandbox, main], env, timeout: 60_000 });
  try {
    const page = await app.firstWindow();
    await page.locator(shows).first().waitFor({ timeout: 60_000 });
    return performance.now() - began;
  } finally {
    await app.close();
    rmSync(join(stateDir, 'window', 'placement.json'), { force: true });
  }
}
