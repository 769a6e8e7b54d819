import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './support/fixtures.ts';

/** The real app on real Docker, in a browser tab and in the desktop window. `npm test` sees to what they need. */
export default defineConfig<ShellOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: '../resources/testing/session.ts',
  outputDir: '../test-results',
  // Labs measure time and share one Docker engine: side by side they would only wait for each other.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { viewport: { width: 1280, height: 800 } },
  projects: [
    // What is about the window itself has no counterpart in a tab.
    { name: 'browser', use: { shellKind: 'browser' }, testIgnore: 'desktop.spec.ts' },
    { name: 'electron', use: { shellKind: 'electron' } },
  ],
});
