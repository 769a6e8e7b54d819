import type { Finding } from '../contract/models/status.ts';

/** Whether a window can be opened from here. Asked by the CLI itself: the engine may have been started from elsewhere. */
export function displayFinding(env: NodeJS.ProcessEnv = process.env): Finding {
  const about = { id: 'display', title: 'Display' };
  const name = env.WAYLAND_DISPLAY || env.DISPLAY;
  if (process.platform !== 'linux') return { ...about, state: 'ok', detail: 'the system has one', fix: null };
  if (name) return { ...about, state: 'ok', detail: name, fix: null };
  return { ...about, state: 'skipped', detail: 'none here; Patchbay opens in the browser', fix: '`patchbay serve`' };
}
