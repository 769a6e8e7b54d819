import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { command, lastLines } from './command.mjs';
import { removeOnInterruption, wasInterrupted } from './interruption.mjs';
import { beginTestSession } from './test-session.mjs';

/** Seconds. Engines that do not end are given half a minute each, all at once. */
const limit = 300;

/**
 * Runs the tests as one session, removes what they left in spite of themselves, and counts that as a failure of theirs.
 * @param {string} root
 * @param {() => Promise<import('./test-tally.mjs').Tally[]>} tests
 * @returns {Promise<import('./test-tally.mjs').Tally[]>}
 */
export async function withTestSession(root, tests) {
  const end = beginTestSession();
  const sweep = join(root, 'resources/testing/sweep.mjs');
  // What an interruption leaves is nobody's fault. It leaves no time to wait otherwise.
  const kept = removeOnInterruption(() => {
    spawnSync(process.execPath, [sweep], { cwd: root, stdio: 'ignore', timeout: 60_000 });
    end();
  });
  try {
    const tallies = await tests();
    return wasInterrupted()
      ? tallies
      : [...tallies, leftoverTally(await command(process.execPath, [sweep], { cwd: root, limit }))];
  } finally {
    kept();
    end();
  }
}

/**
 * @param {import('./command.mjs').Ended} swept
 * @returns {import('./test-tally.mjs').Tally}
 */
export function leftoverTally({ output }) {
  const failed = complaintsIn(output) ?? [`what was left cannot be told:\n${lastLines(output)}`];
  return { passed: failed.length === 0 ? 1 : 0, failed: failed.map((it) => `leftovers: ${it}`), skipped: [] };
}

/**
 * @param {string} output of sweep.mjs
 * @returns {string[] | null} null where it did not come to an end
 */
function complaintsIn(output) {
  for (const line of output.split('\n').reverse())
    try {
      const told = JSON.parse(line);
      if (Array.isArray(told)) return told.map(String);
    } catch {
      // A line of something else.
    }
  return null;
}
