import { rmSync } from 'node:fs';
import { test as base, type Page } from '@playwright/test';
import { testStateDir } from '../../resources/setup/test-session.mjs';
import { BrowserShell } from './browserShell.ts';
import { ElectronShell } from './electronShell.ts';
import { patchbay } from './patchbay.ts';
import { chromium, electron } from './places.ts';
import type { Shell } from './shell.ts';
import { watchPage } from './watchPage.ts';

export interface ShellOptions {
  shellKind: 'browser' | 'electron';
}

interface Fixtures {
  /** An engine, runs and a window of its own for each test; containers are removed at its end. */
  stateDir: string;
  /** What the engine's environment has besides. */
  engineEnv: Record<string, string>;
  shell: Shell;
  /** Starts the app, and fails the test for what its console says of errors and of offences against its policy. */
  open: () => Promise<Page>;
}

export const test = base.extend<Fixtures & ShellOptions>({
  shellKind: ['browser', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
  stateDir: async ({}, use) => {
    const folder = testStateDir('e2e');
    await use(folder);
    for (const words of [['clean'], ['engine', '--stop']]) {
      const { exit, out, err } = await patchbay(folder, ...words);
      if (exit !== 0) throw new Error(`patchbay ${words.join(' ')} ended with ${exit}: ${out}${err}`);
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },
  engineEnv: {},
  shell: async ({ shellKind, stateDir, engineEnv }, use) => {
    test.skip(shellKind === 'browser' && chromium() === null, 'no Chromium is installed');
    test.skip(shellKind === 'electron' && electron() === null, 'no Electron runtime is installed');
    const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
    test.skip(shellKind === 'electron' && !display, 'there is no display');
    const shell =
      shellKind === 'browser' ? new BrowserShell(stateDir, engineEnv) : new ElectronShell(stateDir, engineEnv);
    await use(shell);
    await shell.stop();
  },
  open: async ({ shell }, use) => {
    const complaints: string[] = [];
    await use(async () => watchPage(await shell.start(), complaints));
    if (complaints.length > 0) throw new Error(`The page complained:\n${[...new Set(complaints)].join('\n')}`);
  },
});

export { expect } from '@playwright/test';
