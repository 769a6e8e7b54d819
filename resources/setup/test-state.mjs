// Tests get an engine of their own: the learner's runs are not touched, and nothing of the tests stays.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeOnInterruption } from './interruption.mjs';
import { testStateDir } from './test-session.mjs';

/**
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work with PATCHBAY_STATE_DIR set
 * @returns {Promise<T>}
 */
export async function withTestState(root, work) {
  const folder = testStateDir('all');
  const remove = () => {
    removeContainers(root, folder);
    endEngine(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  const kept = removeOnInterruption(remove);
  process.env.PATCHBAY_STATE_DIR = folder;
  try {
    return await work();
  } finally {
    kept();
    remove();
  }
}

/**
 * Those of the tests' own state directory; never `clean --all`, which takes the learner's too. Waits, for an interruption leaves no other time.
 * @param {string} root
 * @param {string} folder
 */
function removeContainers(root, folder) {
  const cli = join(root, 'dist/cli/patchbay.cjs');
  if (!existsSync(cli) || locksIn(folder).length === 0) return;
  spawnSync(process.execPath, [cli, 'clean', '--json'], { cwd: root, stdio: 'ignore', timeout: 60_000 });
}

/**
 * Asks it to end, which may take as long as ending a Docker engine of our own, and after half a minute ends it.
 * @param {string} folder
 */
function endEngine(folder) {
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    const pid = engineOf(folder);
    if (pid === null) return;
    process.kill(pid, signal);
    for (let tries = 0; engineOf(folder) !== null && tries < 120; tries += 1) pause(250);
  }
}

/**
 * The engine's lock names its process; a released lock names nobody.
 * @param {string} folder
 * @returns {number | null} null where none is alive
 */
function engineOf(folder) {
  for (const name of locksIn(folder)) {
    try {
      const { pid } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      if (Number.isInteger(pid) && process.kill(pid, 0)) return pid;
    } catch {
      // Nobody, or gone.
    }
  }
  return null;
}

/** @param {string} folder */
const locksIn = (folder) =>
  existsSync(folder) ? readdirSync(folder).filter((it) => /^engine\.lock\.\d+$/.test(it)) : [];

/** @param {number} ms */
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
