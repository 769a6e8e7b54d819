import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The name of a live process, or null. Linux. */
export function processName(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return null;
  }
}

/** The pid in a pid file when that process lives and is a dockerd; a stale file, whose pid may be somebody else's by now, is null. */
export function daemonOf(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    return processName(pid) === 'dockerd' ? pid : null;
  } catch {
    return null;
  }
}

export const anyDaemonRuns = (): boolean =>
  readdirSync('/proc').some((name) => /^\d+$/.test(name) && processName(Number(name)) === 'dockerd');

/** Docker's own bridge. A second dockerd with `--bridge=none` would delete it. */
export const defaultBridgeExists = (): boolean => existsSync('/sys/class/net/docker0');
