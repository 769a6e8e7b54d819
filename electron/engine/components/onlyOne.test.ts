import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onlyOne } from './onlyOne.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-only-one-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const never = new AbortController().signal;

test('the second waits for the first, and says so', async () => {
  const order: string[] = [];
  let finish = () => {};
  const first = onlyOne(
    folder,
    () => undefined,
    never,
    async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      order.push('first');
    },
  );
  const told: string[] = [];
  const second = onlyOne(
    folder,
    (steps) => told.push(...steps.map(({ title }) => title)),
    never,
    async () => order.push('second'),
  );
  await expect.poll(() => told[0]).toContain('Another Patchbay');
  finish();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('waiting can be interrupted; a dead holder is nobody', async () => {
  writeFileSync(join(folder, 'lock'), String(process.pid));
  const stop = new AbortController();
  const waiting = onlyOne(
    folder,
    () => undefined,
    stop.signal,
    async () => 1,
  );
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'image-failed' });
  writeFileSync(join(folder, 'lock'), '999999999');
  expect(
    await onlyOne(
      folder,
      () => undefined,
      never,
      async () => 2,
    ),
  ).toBe(2);
});
