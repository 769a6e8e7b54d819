import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { afterUpgrade } from './afterUpgrade.ts';

test('once for each new version, not the first time, and again where it failed', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'patchbay-upgrade-'));
  try {
    const done: string[] = [];
    const start = (version: string) => afterUpgrade(stateDir, version, async () => done.push(version));
    for (const version of ['0.1.0', '0.1.0', '0.2.0', '0.2.0']) await start(version);
    expect(done).toEqual(['0.2.0']);
    const fails = () => Promise.reject(new Error('Docker is gone'));
    await expect(afterUpgrade(stateDir, '0.3.0', fails)).rejects.toThrow('gone');
    await start('0.3.0');
    expect(done).toEqual(['0.2.0', '0.3.0']);
  } finally {
    rmSync(stateDir, { recursive: true });
  }
});
