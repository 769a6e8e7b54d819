import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { hasDisplay } from './display.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { wasInterrupted } from './interruption.mjs';
import { electronLibraries } from './packages.mjs';
import { needPackages } from './system-packages.mjs';

/** What `npm start --` was given and the shells understand. */
const passedOn = process.argv.slice(2).filter((it) => it === '--host-terminal');

/**
 * The window where there is a display and a runtime for it, else the browser shell. Resolves when the learner has closed it.
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<number>} an exit code
 */
export async function openCatalog(root, progress) {
  const why = hasDisplay(process.platform, process.env) ? await openWindow(root, progress) : 'there is no display here';
  if (why === null) return 0;
  progress.end();
  console.log(`\nPatchbay opens in the browser (${why}). Ctrl-C ends it.`);
  const served = await command(process.execPath, [join(root, 'dist/cli/patchbay.cjs'), 'serve', ...passedOn], {
    cwd: root,
    output: 'terminal',
  });
  return served.code;
}

/**
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string | null>} why there was no window
 */
async function openWindow(root, progress) {
  const main = join(root, 'dist/electron/main.cjs');
  if (!existsSync(main)) return 'the desktop shell is not built';
  const runtime = await electronRuntime(root, progress);
  if (!runtime.found) return `no window: ${runtime.why}`;
  if (process.platform === 'linux') {
    const libraries = await needPackages(electronLibraries, "open Patchbay's window", progress);
    // Other distributions name them differently and may well have them: the start itself tells.
    if (!libraries.installed && libraries.command)
      return `no window: ${libraries.why}; \`${libraries.command}\` would help`;
  }
  progress.end();
  const began = Date.now();
  // Chromium refuses to run as root inside its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const window = await command(runtime.executable, [...sandbox, main, ...passedOn], {
    cwd: root,
    output: 'terminal',
    env: runtime.env,
  });
  const failedToStart = window.code !== 0 && Date.now() - began < 10_000 && !wasInterrupted();
  return failedToStart ? `the window did not start, exit code ${window.code}` : null;
}
