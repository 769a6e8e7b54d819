import { join } from 'node:path';
import { command, lastLines } from './command.mjs';
import { needPackages } from './system-packages.mjs';

/** @typedef {{ready: true} | {ready: false, code: string, message: string, hint: string | null}} Prepared */
/** @typedef {{code: string, message: string, hint: string | null, data: Record<string, unknown>}} ErrorView as in the contract */
/** @typedef {{step: import('./progress.mjs').Step} | {error: ErrorView} | null} Line */

/** Seconds. Every wait inside has a limit of its own; this is for a fault in there. */
const limit = 3600;

/**
 * Lets the engine find or start Docker and get its images, and shows the steps that it tells. Installs a package that it asks for, once.
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {{kubernetes?: boolean}} [also] what clusters need too, which an engine otherwise makes in the background
 * @returns {Promise<Prepared>}
 */
export async function prepareEngine(root, progress, { kubernetes = false } = {}) {
  const asked = new Set();
  for (;;) {
    const error = await prepareOnce(root, progress, kubernetes ? ['--kubernetes'] : []);
    if (!error) return { ready: true };
    const packages =
      error.code === 'package-missing' ? namesIn(error.data.packages).filter((it) => !asked.has(it)) : [];
    if (packages.length === 0) return { ready: false, code: error.code, message: error.message, hint: error.hint };
    for (const name of packages) asked.add(name);
    const outcome = await needPackages(packages, 'make the images of the labs', progress);
    if (!outcome.installed) {
      const paste = outcome.command ? `\`${outcome.command}\`` : error.hint;
      return {
        ready: false,
        code: error.code,
        message: `${error.message} ${packages.join(', ')} not installed: ${outcome.why}.`,
        hint: paste,
      };
    }
  }
}

/**
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {string[]} flags
 * @returns {Promise<ErrorView | null>}
 */
async function prepareOnce(root, progress, flags) {
  /** @type {ErrorView | null} */
  let failure = null;
  /** @type {Map<string, {step: import('./progress.mjs').Step, at: number}>} */
  const running = new Map();
  const ended = await command(process.execPath, [join(root, 'dist/cli/patchbay.cjs'), 'prepare', '--json', ...flags], {
    cwd: root,
    limit,
    onLine(text) {
      const line = readLine(text);
      if (line && 'step' in line) {
        progress.show(line.step);
        if (line.step.state === 'running') running.set(line.step.id, { step: line.step, at: Date.now() });
        else running.delete(line.step.id);
      } else if (line) failure = line.error;
    },
  });
  // The last news may be that all is ready, with nothing said of the step that made it so.
  for (const { step, at } of running.values()) {
    const seconds = (step.seconds ?? 0) + (Date.now() - at) / 1000;
    progress.show({ ...step, state: ended.code === 0 ? 'done' : 'failed', seconds });
  }
  if (ended.code === 0) return null;
  const message = `patchbay prepare ended with ${ended.timedOut ? 'its time limit' : `exit code ${ended.code}`}:\n${lastLines(ended.output)}`;
  return failure ?? { code: 'internal', message, hint: '`npx patchbay doctor` looks at each prerequisite.', data: {} };
}

/**
 * One line of `prepare --json`.
 * @param {string} text
 * @returns {Line} null for what is neither a step nor an error
 */
export function readLine(text) {
  try {
    const value = JSON.parse(text);
    if (value?.error && !value.id) return { error: { hint: null, data: {}, ...value.error } };
    return typeof value?.id === 'string' && typeof value.title === 'string' ? { step: value } : null;
  } catch {
    return null;
  }
}

/** @param {unknown} value */
const namesIn = (value) => (Array.isArray(value) ? value.filter((it) => typeof it === 'string') : []);
