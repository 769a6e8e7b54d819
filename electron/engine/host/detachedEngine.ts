import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedEngine } from './join.ts';

const LOG_LIMIT = 5 * 1024 * 1024;
const LAST_LINES = 15;

/** Starts the engine as a process of its own that outlives this one. `program` is the CLI's file; its output goes to a log. */
export function startDetachedEngine(stateDir: string, program: string, args: readonly string[] = []): StartedEngine {
  const log = openLog(stateDir);
  const child = spawn(process.execPath, [program, 'engine', ...args], {
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
    // Not the learner's folder, which may have to be unmounted.
    cwd: stateDir,
    env: { ...process.env, PATCHBAY_STATE_DIR: stateDir },
  });
  closeSync(log.descriptor);
  child.unref();
  return {
    ended: new Promise((resolve) => {
      child.once('error', (error) => resolve({ log: error.message }));
      child.once('exit', () => resolve({ log: lastLines(log.file, log.from) }));
    }),
  };
}

function openLog(stateDir: string): { file: string; descriptor: number; from: number } {
  const folder = join(stateDir, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'engine.log');
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size() > LOG_LIMIT) renameSync(file, `${file}.1`);
  return { file, descriptor: openSync(file, 'a', 0o600), from: size() };
}

const lastLines = (file: string, from: number): string =>
  readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
