import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { processName } from './runningDaemons.ts';

/** Takes the lock, or answers null when a living process holds it. What a dead one left behind is taken over. */
export function takeLock(file: string): (() => void) | null {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      const holder = holderOf(file);
      if (holder !== null && processName(holder) !== null) return null;
      rmSync(file, { force: true });
    }
  }
  return null;
}

function holderOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8')) || null;
  } catch {
    return null;
  }
}
