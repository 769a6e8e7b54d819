import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endOnInterruption } from './interruption.mjs';

/**
 * @typedef {object} Options
 * @property {number} [limit] seconds after which it is ended; none for a program that the learner ends
 * @property {AbortSignal} [signal] ends it
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to our own environment
 * @property {'kept' | 'shown' | 'terminal'} [output] `shown`: goes straight to our own; `terminal`: stdin too, e.g. for sudo's password
 * @property {(line: string) => void} [onLine] each line of stdout as it comes
 */
/** @typedef {{code: number, output: string, timedOut: boolean}} Ended code 127 where it could not be started */

/**
 * Runs a program to its end; never throws. It and all its children end with us and at its limit.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {Promise<Ended>}
 */
export function command(program, args, options = {}) {
  const kept = (options.output ?? 'kept') === 'kept';
  const terminal = options.output === 'terminal';
  // A group of its own lets us end npm's or apt's children too; a program that reads the terminal has to stay in its group.
  const group = !terminal && process.platform !== 'win32';
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: [terminal ? 'inherit' : 'ignore', kept ? 'pipe' : 'inherit', kept ? 'pipe' : 'inherit'],
    detached: group,
    // npm is a batch file there.
    shell: process.platform === 'win32' && program === 'npm',
  });
  let output = '';
  let timedOut = false;
  const keep = (/** @type {string} */ text) => {
    output = (output + text).slice(-20_000);
  };
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      if (child.pid) process.kill(group ? -child.pid : child.pid, signal);
    } catch {
      // It is gone already.
    }
  };
  const limit =
    options.limit &&
    setTimeout(() => {
      timedOut = true;
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), 5000).unref();
    }, options.limit * 1000);

  options.signal?.addEventListener('abort', () => end('SIGTERM'));

  if (child.stdout) {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      keep(`${line}\n`);
      options.onLine?.(line);
    });
  }
  child.stderr?.setEncoding('utf8').on('data', keep);

  return new Promise((resolve) => {
    const done = (/** @type {number} */ code) => {
      if (limit) clearTimeout(limit);
      resolve({ code, output, timedOut });
    };
    const ended = /** @type {Promise<void>} */ (new Promise((over) => child.on('close', () => over())));
    if (child.pid) endOnInterruption({ pid: child.pid, group, ended });
    child.on('error', (error) => {
      keep(error.message);
      if (!child.pid) done(127);
    });
    child.on('close', (code, signal) => done(code ?? (signal ? 1 : 0)));
  });
}

/**
 * The end of a program's output, for an error message.
 * @param {string} output
 * @param {number} [lines]
 */
export const lastLines = (output, lines = 12) => output.trimEnd().split('\n').slice(-lines).join('\n');
