import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fallbackFolder } from '../../resources/setup/electron-fallback.mjs';
import { cacheDir } from '../../resources/setup/paths.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const cli = join(root, 'dist', 'cli', 'patchbay.cjs');
export const desktop = join(root, 'e2e', 'support', 'heldMain.cjs');

/** Debian's name first. Null where none is installed. */
export const chromium = (): string | null =>
  ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].map(onPath).find((it) => it !== null) ??
  null;

/** The runtime that `npm start` uses; null where there is none yet. */
export function electron(): string | null {
  const official = join(root, 'node_modules', 'electron');
  const pathFile = join(official, 'path.txt');
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const candidates = [
    given ? join(given, 'electron') : '',
    existsSync(pathFile) ? join(official, 'dist', readFileSync(pathFile, 'utf8').trim()) : '',
    join(fallbackFolder(cacheDir()), 'electron'),
  ];
  return candidates.find((it) => it !== '' && existsSync(it)) ?? null;
}

function onPath(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this one.
    }
  }
  return null;
}
