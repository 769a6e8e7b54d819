import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, told apart from a later one that got the same number. `start` is opaque; null where the system does not tell. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: string | null;
}

export const identityOf = (pid: number): ProcessIdentity | null => (exists(pid) ? { pid, start: startOf(pid) } : null);

export const isAlive = ({ pid, start }: ProcessIdentity): boolean => {
  const now = identityOf(pid);
  return now !== null && (start === null || now.start === null || now.start === start);
};

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return `${bootId()} ${statFields(pid)[19]}`;
    if (process.platform === 'darwin')
      return execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    // It ended meanwhile, or /proc is not to be had.
  }
  return null;
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** Of /proc/PID/stat (proc(5)) what follows the name in brackets, which may itself hold spaces and brackets: state is 0, starttime 19. */
function statFields(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function isZombie(pid: number): boolean {
  try {
    return statFields(pid)[0] === 'Z';
  } catch {
    return false;
  }
}
