// Two set-ups at once in one clone would tread on each other's npm ci: the second waits for the first.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeOnInterruption } from './interruption.mjs';
import { Problem } from './problem.mjs';

/** Seconds: as long as the longest set-up may take. */
const limit = 1800;

/**
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(root, work) {
  const file = join(root, 'dist', '.setup-lock');
  mkdirSync(join(root, 'dist'), { recursive: true });
  const began = Date.now();
  for (let told = false; !take(file); ) {
    const holder = holderOf(file);
    if (holder === null) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) console.log(`Another set-up of this clone is running (process ${holder}): waiting for it.`);
    told = true;
    if (Date.now() - began > limit * 1000)
      throw new Problem(`The set-up of process ${holder} does not end.`, `kill ${holder}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const release = () => rmSync(file, { force: true });
  const kept = removeOnInterruption(release);
  try {
    return await work();
  } finally {
    kept();
    release();
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @returns {number | null} null where the process that took it is gone
 */
function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? -1 : null;
  }
}
