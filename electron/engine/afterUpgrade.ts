import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Does the work once for each version of Patchbay that this state directory has not seen, and not at all the first time. What fails is tried again
 * with the next start.
 */
export async function afterUpgrade(stateDir: string, version: string, work: () => Promise<unknown>): Promise<void> {
  const path = join(stateDir, 'version');
  const before = lastVersion(path);
  if (before === version) return;
  if (before !== null) await work();
  writeFileSync(path, `${version}\n`, { mode: 0o600 });
}

function lastVersion(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
