import { expect, test } from 'vitest';
import { row, table, unmeasured } from './row.ts';

const measured = { name: 'start', ours: 60, peer: 50, unit: 'ms', note: 'n' };

test('a bound on the ratio, from above and from below', () => {
  expect(row({ ...measured, goal: { of: 'ratio', at: 'most', value: 1.2 } })).toMatchObject({ ratio: 1.2, met: true });
  expect(row({ ...measured, goal: { of: 'ratio', at: 'most', value: 1.1 } }).met).toBe(false);
  expect(row({ ...measured, goal: { of: 'ratio', at: 'least', value: 1.7 } }).met).toBe(false);
});

test('a bound on our own figure needs no peer', () => {
  const goal = { of: 'ours', at: 'most', value: 300 } as const;
  expect(row({ ...measured, peer: null, goal })).toMatchObject({ ratio: null, goal: 'ours at most 300 ms', met: true });
});

test('nothing against nothing has no ratio', () => {
  const goal = { of: 'ours', at: 'most', value: 0 } as const;
  expect(row({ ...measured, ours: 0, peer: 0, goal })).toMatchObject({ ratio: null, met: true });
});

test('without a peer a ratio is neither met nor missed', () => {
  expect(row({ ...measured, peer: null, goal: { of: 'ratio', at: 'most', value: 1 } }).met).toBeNull();
});

test('the table tells what is missed and what was not measured', () => {
  const text = table([
    row({ ...measured, goal: { of: 'ratio', at: 'most', value: 1 } }),
    unmeasured('ttyd', 'MB/s', 'no package'),
  ]);
  expect(text).toMatch(/start +60 +50 +ms +1\.20 +ratio at most 1 +NO/);
  expect(text).toMatch(/ttyd +- +- +MB\/s[^\n]*\n +no package/);
});
