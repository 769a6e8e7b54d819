// Tests get an engine of their own: the learner's runs are not touched, and nothing of the tests stays.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command.mjs';
import { removeOnInterruption } from './interruption.mjs';

/**
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work with PATCHBAY_STATE_DIR set
 * @returns {Promise<T>}
 */
export async function withTestState(root, work) {
  // Short, for the paths of sockets in it are limited to some hundred bytes.
  const folder = mkdtempSync(join(tmpdir(), 'pb-'));
  const remove = () => {
    endEngine(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  const kept = removeOnInterruption(remove);
  process.env.PATCHBAY_STATE_DIR = folder;
  try {
    return await work();
  } finally {
    await removeContainers(root);
    await endEngineAndWait(folder);
    kept();
    remove();
  }
}

/**
 * Those of the tests' own state directory; never `clean --all`, which takes the learner's too.
 * @param {string} root
 */
async function removeContainers(root) {
  const cli = join(root, 'dist/cli/patchbay.cjs');
  if (existsSync(cli)) await command(process.execPath, [cli, 'clean', '--json'], { cwd: root, limit: 120 });
}

/** @param {string} folder */
async function endEngineAndWait(folder) {
  for (let tries = 0; endEngine(folder) && tries < 40; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 250));
}

/**
 * The engine's lock names its process; a released lock names nobody.
 * @param {string} folder
 * @returns {boolean} whether there was one to end
 */
function endEngine(folder) {
  const locks = existsSync(folder) ? readdirSync(folder).filter((it) => /^engine\.lock\.\d+$/.test(it)) : [];
  return locks.some((name) => {
    try {
      const { pid } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return Number.isInteger(pid) && process.kill(pid, 'SIGTERM');
    } catch {
      return false;
    }
  });
}
