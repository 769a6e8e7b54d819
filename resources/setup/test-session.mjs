// What tests make in Docker bears the name of the test run that made it, so that what is left can be told from everybody else's.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDir } from './paths.mjs';

const variable = 'PATCHBAY_TEST_SESSION';

/** One `npm test`, or one run of Vitest or Playwright alone. Child processes inherit it. Six hex digits; `alone` where nobody began one. */
export const testSession = () => process.env[variable] ?? 'alone';

/**
 * The owner label of what a test makes.
 * @param {string} name of the test
 */
export const testOwner = (name) => `${ownersOf(testSession())}${name}-${process.pid}`;

/** @param {string} session */
export const ownersOf = (session) => `test-${session}-`;

/**
 * A state directory whose containers bear `testOwner(name)`. Whoever asks removes it.
 * @param {string} name
 */
export function testStateDir(name) {
  // Short, for the paths of sockets in it are limited to some hundred bytes.
  const folder = mkdtempSync(join(tmpdir(), foldersOf(testSession())));
  writeFileSync(join(folder, 'owner'), `${testOwner(name)}-${randomBytes(2).toString('hex')}`, { mode: 0o600 });
  // Nothing of clusters is made ahead: it would take minutes of what the tests measure.
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ clusters: 'when-started' }), { mode: 0o600 });
  return folder;
}

/** @param {string} session */
const foldersOf = (session) => `pb-${session}-`;

/**
 * State directories that are still there.
 * @param {string} session
 */
export const stateDirsOf = (session) =>
  readdirSync(tmpdir())
    .filter((it) => it.startsWith(foldersOf(session)))
    .map((it) => join(tmpdir(), it));

const notes = () => join(cacheDir(), 'test-sessions');

/**
 * From here on this process and its children are one session.
 * @returns {() => void} ends it
 */
export function beginTestSession() {
  const session = randomBytes(3).toString('hex');
  const note = join(notes(), session);
  mkdirSync(notes(), { recursive: true });
  writeFileSync(note, String(process.pid));
  process.env[variable] = session;
  return () => {
    delete process.env[variable];
    rmSync(note, { force: true });
  };
}

/** Sessions whose process was killed, so that nobody removed what they had made. */
export const deadSessions = () =>
  (existsSync(notes()) ? readdirSync(notes()) : []).filter((it) => !isAlive(Number(readFileSync(join(notes(), it)))));

/** @param {string} session */
export const forgetSession = (session) => rmSync(join(notes(), session), { force: true });

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
