import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHolder, tryLock } from './lock.ts';
import { identityOf, isAlive } from './processIdentity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sleeper = (): ChildProcess => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);

test('held once, told who holds it, free after release', () => {
  const first = tryLock(folder);
  expect(first.state).toBe('held');
  expect(tryLock(folder)).toMatchObject({ state: 'taken', holder: { pid: process.pid } });
  expect(lockHolder(folder)?.pid).toBe(process.pid);
  if (first.state === 'held') first.release();
  expect(lockHolder(folder)).toBeNull();
  expect(tryLock(folder).state).toBe('held');
});

test('a killed holder does not keep it', async () => {
  const child = sleeper();
  writeFileSync(join(folder, 'engine.lock.4'), JSON.stringify(identityOf(child.pid ?? 0)));
  expect(tryLock(folder).state).toBe('taken');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(tryLock(folder).state).toBe('held');
  expect(readdirSync(folder)).toEqual(['engine.lock.5']);
});

test('a later process with the same number is not the holder', () => {
  writeFileSync(join(folder, 'engine.lock.1'), JSON.stringify({ pid: process.pid, start: 'an earlier boot 1' }));
  expect(tryLock(folder).state).toBe('held');
});

test('a lock file that cannot be read is nobody’s', () => {
  writeFileSync(join(folder, 'engine.lock.1'), '{"pi');
  expect(tryLock(folder).state).toBe('held');
});

test('numbers that do not exist belong to no process', () => {
  expect(identityOf(2 ** 22 + 1)).toBeNull();
  expect(isAlive({ pid: process.pid, start: identityOf(process.pid)?.start ?? null })).toBe(true);
});

test('of many that try at once over a dead holder, one gets it', async () => {
  writeFileSync(join(folder, 'engine.lock.1'), JSON.stringify({ pid: 2 ** 22 + 1, start: null }));
  const module = new URL('./lock.ts', import.meta.url).href;
  // Node 20 does not read TypeScript: the children take the lock through Vite's own transform.
  const { transformWithOxc } = await import('vite');
  const { readFileSync } = await import('node:fs');
  const built = mkdtempSync(join(process.cwd(), 'node_modules', '.lock-test-'));
  try {
    for (const name of ['lock', 'processIdentity']) {
      const source = readFileSync(new URL(`./${name}.ts`, module), 'utf8').replaceAll(/(\.\/\w+)\.ts'/g, "$1.mjs'");
      writeFileSync(join(built, `${name}.mjs`), (await transformWithOxc(source, `${name}.ts`)).code);
    }
    const program = `
      const { tryLock } = await import(process.argv[1]);
      while (Date.now() < Number(process.argv[3])) {}
      console.log(tryLock(process.argv[2]).state);
      setTimeout(() => {}, 3000);`;
    const at = String(Date.now() + 1500);
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', program, '--', join(built, 'lock.mjs'), folder, at]),
    );
    const said = await Promise.all(
      children.map(async (child) => {
        const [chunk] = await once(child.stdout, 'data');
        return String(chunk).trim();
      }),
    );
    for (const child of children) child.kill('SIGKILL');
    expect(said.filter((it) => it === 'held')).toHaveLength(1);
    expect(said.filter((it) => it === 'taken')).toHaveLength(5);
  } finally {
    rmSync(built, { recursive: true });
  }
}, 20_000);
