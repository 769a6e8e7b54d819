import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeptOutput, type KeptPiece } from './keptOutput.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-'));
});
afterAll(() => rm(folder, { recursive: true }));

const size = { cols: 80, rows: 24 };
const start = () => ({ size, state: Buffer.from('<state>') });
const text = (kept: readonly KeptPiece[]): string => Buffer.concat(kept.map((it) => it.bytes)).toString();

test('what was said is there again, with the sizes in between', async () => {
  const path = join(folder, 'a.log');
  const { kept, output } = await KeptOutput.open(path, start);
  expect(kept).toEqual([]);
  output.append(Buffer.from('one'));
  output.resized({ cols: 100, rows: 30 });
  output.append(Buffer.from('two'));
  await output.flush();
  const again = await KeptOutput.open(path, start);
  expect(again.kept.map((it) => [it.size, Buffer.from(it.bytes).toString()])).toEqual([
    [size, '<state>'],
    [null, 'one'],
    [{ cols: 100, rows: 30 }, 'two'],
  ]);
  again.output.append(Buffer.from('three'));
  await again.output.flush();
  expect(text((await KeptOutput.open(path, start)).kept)).toBe('<state>onetwothree');
});

test.each([1, 8, 1000])('of a flood the end is kept, flushed after each %i appends', async (every) => {
  const path = join(folder, `flood-${every}.log`);
  const { output } = await KeptOutput.open(path, start);
  let said = '';
  for (let i = 0; i < 300; i++) {
    const line = `${i} ${'x'.repeat(9000)}\n`;
    said += line;
    output.append(Buffer.from(line));
    if (i % every === 0) await output.flush();
  }
  await output.flush();
  const kept = text((await KeptOutput.open(path, start)).kept).slice('<state>'.length);
  expect(kept.length).toBeGreaterThan(256 * 1024);
  expect(kept.length).toBeLessThan(600 * 1024);
  expect(said.endsWith(kept)).toBe(true);
  expect((await stat(path)).size).toBeLessThan(300 * 1024);
});

test('the first bytes are on disk at once, without being asked', async () => {
  const path = join(folder, 'soon.log');
  const { output } = await KeptOutput.open(path, start);
  output.append(Buffer.from('now'));
  await expect.poll(async () => text((await KeptOutput.open(path, start)).kept), { timeout: 15_000 }).toContain('now');
  output.append(Buffer.from(' later'));
  await expect
    .poll(async () => text((await KeptOutput.open(path, start)).kept), { timeout: 15_000 })
    .toContain('now later');
});

test('nothing is left after removal', async () => {
  const path = join(folder, 'gone.log');
  const { output } = await KeptOutput.open(path, start);
  output.append(Buffer.from('x'));
  await output.remove();
  expect((await KeptOutput.open(path, start)).kept).toEqual([]);
});
