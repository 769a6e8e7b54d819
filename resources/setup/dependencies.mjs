import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, lastLines } from './command.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { contentHash, dropStamp, readStamp, writeStamp } from './stamp.mjs';

/** Seconds. A slow line and an empty cache; beyond it something hangs. */
const limit = 1200;

/**
 * The packages of package-lock.json, by `npm ci` where they are not there yet. An interrupted `npm ci` leaves no stamp, so the next start does it again.
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 */
export async function installDependencies(root, progress) {
  const stamp = join(root, 'node_modules', '.patchbay-stamp');
  const major = process.versions.node.split('.')[0] ?? '';
  const wanted = contentHash(root, ['package-lock.json'], [major, process.platform, process.arch]);
  if (readStamp(stamp) === wanted) return;
  if (readStamp(stamp) === null && matchesLock(root)) return writeStamp(stamp, wanted);

  await step(progress, { id: 'dependencies', title: 'Node packages', usual: 25 }, async () => {
    dropStamp(stamp);
    const npm = await command('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: root, limit });
    if (npm.code !== 0)
      throw new Problem(
        `npm ci failed${npm.timedOut ? ' (it took too long)' : ''}:\n${lastLines(npm.output)}`,
        hint(npm),
      );
    writeStamp(stamp, wanted);
  });
}

/** @param {import('./command.mjs').Ended} npm */
const hint = (npm) =>
  npm.code === 127
    ? 'npm was not found on PATH: install it (on Debian: apt-get install npm) and start again.'
    : 'The package registry has to be reachable this once (npm ping shows whether it is); then start again.';

/**
 * Whether somebody's own `npm ci` put there what the lock asks for: npm writes its hidden lock file at the very end.
 * @param {string} root
 */
function matchesLock(root) {
  try {
    const wanted = packagesOf(join(root, 'package-lock.json'));
    const there = packagesOf(join(root, 'node_modules', '.package-lock.json'));
    return Object.entries(wanted).every(
      ([path, it]) =>
        path === '' || it.optional || (it.version === there[path]?.version && it.integrity === there[path]?.integrity),
    );
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, integrity?: string, optional?: boolean}>}
 */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
