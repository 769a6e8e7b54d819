import { existsSync, readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../contract/models/status.ts';
import { productRoot } from '../engine/root.ts';

/** What the window needs. None of it is wrong to lack: the browser shell needs nothing. */
export const desktopFindings = (): Finding[] => [display(), runtime(), sandbox()];

function display(): Finding {
  const about = { id: 'display', title: 'Display' };
  const name = process.env.WAYLAND_DISPLAY || process.env.DISPLAY;
  if (process.platform !== 'linux') return { ...about, state: 'ok', detail: 'the system has one', fix: null };
  if (name) return { ...about, state: 'ok', detail: name, fix: null };
  return { ...about, state: 'skipped', detail: 'none here; Patchbay opens in the browser', fix: '`patchbay serve`' };
}

function runtime(): Finding {
  const about = { id: 'electron', title: 'Window runtime' };
  const found = runtimeVersion();
  if (found) return { ...about, state: 'ok', detail: `Electron ${found.version} in ${found.folder}`, fix: null };
  return {
    ...about,
    state: 'skipped',
    detail: 'none installed; Patchbay opens in the browser',
    fix: '`npm start` on a machine with a display fetches it',
  };
}

function runtimeVersion(): { version: string; folder: string } | null {
  const folders = [
    process.env.ELECTRON_OVERRIDE_DIST_PATH,
    join(productRoot(), 'node_modules', 'electron', 'dist'),
  ].filter((it) => it !== undefined);
  for (const folder of folders)
    if (existsSync(join(folder, 'version')))
      return { version: readFileSync(join(folder, 'version'), 'utf8').trim(), folder: folder.replace(homedir(), '~') };
  return null;
}

function sandbox(): Finding {
  const about = { id: 'sandbox', title: "The window's sandbox" };
  if (process.platform === 'linux' && userInfo().uid === 0)
    return {
      ...about,
      state: 'warning',
      detail: 'off, because Chromium refuses it to root',
      fix: 'Start Patchbay as an ordinary user.',
    };
  return { ...about, state: 'ok', detail: 'on', fix: null };
}
