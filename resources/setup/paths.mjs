// Where Patchbay keeps things, by each platform's convention. Plain Node: the set-up uses it before any package exists.
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @typedef {'state' | 'cache' | 'data'} Kind */

const windows = (/** @type {Kind} */ kind) =>
  join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Patchbay', kind);

const mac = (/** @type {Kind} */ kind) =>
  kind === 'cache'
    ? join(homedir(), 'Library', 'Caches', 'Patchbay')
    : join(homedir(), 'Library', 'Application Support', 'Patchbay', kind);

const xdg = (/** @type {Kind} */ kind) => {
  const fallback = { state: '.local/state', cache: '.cache', data: '.local/share' }[kind];
  // The XDG Base Directory Specification: a relative path in these variables is to be ignored.
  const set = process.env[`XDG_${kind.toUpperCase()}_HOME`];
  return join(set?.startsWith('/') ? set : join(homedir(), fallback), 'patchbay');
};

const place = (/** @type {Kind} */ kind) =>
  process.platform === 'win32' ? windows(kind) : process.platform === 'darwin' ? mac(kind) : xdg(kind);

/** Runs, journals, the engine's lock, socket and logs. `PATCHBAY_STATE_DIR` moves it, so that a test can have an engine of its own. */
export const stateDir = () => process.env.PATCHBAY_STATE_DIR ?? place('state');

/** What can be made again: downloads, proofs, stamps. */
export const cacheDir = () => place('cache');

/** What our own Docker Engine stores. */
export const dataDir = () => place('data');

/**
 * Sockets and the like of our own Docker Engine, of which there is one for each data folder. Short paths: a socket's may have 107 bytes.
 * @param {string} [data]
 */
export const ownDockerFolder = (data = dataDir()) =>
  join('/run', `patchbay-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`);
