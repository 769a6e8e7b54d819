import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const here = (name: string) => pathToFileURL(join(import.meta.dirname, name)).href;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'interrupt-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in a step of the set-up: its child, a shell, has a child of its own, as npm has. */
function inTheMiddle(): Promise<{ program: ChildProcess; grandchild: number }> {
  const script = join(folder, 'program.mjs');
  writeFileSync(join(folder, 'half-made'), '');
  writeFileSync(
    script,
    `import { rmSync } from 'node:fs';
import { command } from ${JSON.stringify(here('command.mjs'))};
import { removeOnInterruption, watchForInterruption } from ${JSON.stringify(here('interruption.mjs'))};
watchForInterruption();
removeOnInterruption(() => rmSync(${JSON.stringify(join(folder, 'half-made'))}));
await command('sh', ['-c', 'sleep 60 & echo $!; wait'], { onLine: (line) => console.log(line) });
`,
  );
  const program = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    program.stdout?.once('data', (line) => resolve({ program, grandchild: Number(String(line)) }));
  });
}

const isAlive = (pid: number) => {
  const stat = `/proc/${pid}/stat`;
  // In a container nobody may collect the ended: they stay as zombies.
  if (existsSync(stat) && readFileSync(stat, 'utf8').includes(') Z ')) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends children and their children, and removes what is half-made', async (signal, code) => {
  const { program, grandchild } = await inTheMiddle();
  expect(isAlive(grandchild)).toBe(true);
  program.kill(signal);
  expect(await new Promise((resolve) => program.once('exit', resolve))).toBe(code);
  await expect.poll(() => isAlive(grandchild)).toBe(false);
  expect(existsSync(join(folder, 'half-made'))).toBe(false);
});
