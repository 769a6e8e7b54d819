import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../setup/root.mjs';

/** An owner that a test makes up for itself: nobody could tell what is left of it. */
const madeUp = /\bowner = `|\bowner: `/;

test('what tests make in Docker bears their session’s name, from testOwner or testStateDir', () => {
  const sources = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' }).filter((it) =>
    it.endsWith('.ts'),
  );
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => madeUp.test(readFileSync(join(root, 'electron', file), 'utf8')))).toEqual([]);
});
