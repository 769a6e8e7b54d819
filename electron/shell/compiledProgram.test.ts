import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
const cache = join(folder, 'cache');
const program = join(folder, 'program.cjs');

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(here, 'compiledProgram.ts'),
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'compiled.cjs' } },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Each in a process of its own: the cache is written when that ends. */
const run = (): string =>
  execFileSync(
    process.execPath,
    ['-e', `require('./compiled.cjs').runCompiled(${JSON.stringify(program)}, ${JSON.stringify(cache)})`],
    { cwd: folder, encoding: 'utf8' },
  );
const kept = () => readdirSync(cache);

test('a program finds itself, its modules and its folder, the first time and from the cache', () => {
  writeFileSync(
    program,
    `const { basename } = require('node:path');
     console.log(basename(__filename), basename(__dirname) !== '', module.exports === exports);`,
  );
  expect(run()).toBe('program.cjs true true\n');
  expect(kept()).toHaveLength(1);
  expect(run()).toBe('program.cjs true true\n');
  expect(kept()).toHaveLength(1);
});

test('a changed program of the same length is compiled anew', () => {
  writeFileSync(program, 'console.log(1);');
  expect(run()).toBe('1\n');
  writeFileSync(program, 'console.log(2);');
  expect(run()).toBe('2\n');
  // One for each program: versions that were do not pile up.
  expect(kept()).toHaveLength(1);
});

test('a damaged cache is not used and is replaced', () => {
  rmSync(cache, { recursive: true });
  run();
  const file = join(cache, kept()[0] ?? '');
  const whole = readFileSync(file);
  const damaged = Buffer.from(whole);
  damaged.fill(7, 200);
  writeFileSync(file, damaged);
  expect(run()).toBe('2\n');
  expect(readFileSync(file).length).toBe(whole.length);
  expect(readFileSync(file).equals(damaged)).toBe(false);
});
