import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { identityOf, isAlive, type ProcessIdentity } from './processIdentity.ts';

const Holder = z.object({ pid: z.int(), start: z.string().nullable() });
const NAME = /^engine\.lock\.(\d+)$/;

export type LockAttempt =
  | { readonly state: 'held'; readonly release: () => void }
  | { readonly state: 'taken'; readonly holder: ProcessIdentity };

/**
 * One engine per state directory, without a race and without a lock that outlives a killed holder.
 *
 * The lock is the file with the highest number; who holds it is the process named in it, while it lives. It changes hands only
 * by making the next number, with `link`, which one process alone can do. The highest is never removed, not even on release, so
 * numbers never go back: who made a number that meanwhile is not the highest has lost and takes it away again.
 */
export function tryLock(stateDir: string): LockAttempt {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const me = identityOf(process.pid) ?? { pid: process.pid, start: null };
  for (;;) {
    const highest = numbers(stateDir).at(-1) ?? 0;
    const holder = highest > 0 ? holderOf(lockFile(stateDir, highest)) : 'nobody';
    if (holder === 'gone') continue;
    if (holder !== 'nobody' && isAlive(holder)) return { state: 'taken', holder };
    if (make(stateDir, highest + 1, me)) return { state: 'held', release: () => release(stateDir, highest + 1) };
  }
}

/** Who holds the lock now; null when nobody does. */
export function lockHolder(stateDir: string): ProcessIdentity | null {
  const highest = numbers(stateDir).at(-1);
  if (highest === undefined) return null;
  const holder = holderOf(lockFile(stateDir, highest));
  return typeof holder !== 'string' && isAlive(holder) ? holder : null;
}

function make(stateDir: string, number: number, me: ProcessIdentity): boolean {
  const written = join(stateDir, `engine.lock.${randomUUID()}.new`);
  writeFileSync(written, JSON.stringify(me), { mode: 0o600 });
  try {
    linkSync(written, lockFile(stateDir, number));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
  const now = numbers(stateDir);
  if (now.at(-1) !== number) {
    rmSync(lockFile(stateDir, number), { force: true });
    return false;
  }
  for (const lower of now.slice(0, -1)) rmSync(lockFile(stateDir, lower), { force: true });
  return true;
}

/** Leaves the file, with nobody's name in it. */
function release(stateDir: string, number: number): void {
  const file = lockFile(stateDir, number);
  if (holderIsMe(file)) {
    writeFileSync(`${file}.released`, '{}', { mode: 0o600 });
    renameSync(`${file}.released`, file);
  }
}

const lockFile = (stateDir: string, number: number) => join(stateDir, `engine.lock.${number}`);

/** The numbers that are there, the highest last. */
const numbers = (stateDir: string): number[] =>
  (existsSync(stateDir) ? readdirSync(stateDir) : [])
    .map((name) => Number(NAME.exec(name)?.[1] ?? 0))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);

function holderIsMe(file: string): boolean {
  const holder = holderOf(file);
  return typeof holder !== 'string' && holder.pid === process.pid;
}

function holderOf(file: string): ProcessIdentity | 'nobody' | 'gone' {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return 'gone';
  }
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return 'nobody';
  }
}
