import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isPage, isWebLink } from './pageAddress.ts';
import { restartPause } from './restartPause.ts';
import { readPlacement, writePlacement } from './windowPlacement.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-window-'));
const file = join(folder, 'deep', 'placement.json');
afterAll(() => rmSync(folder, { recursive: true }));
const displays = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1920, height: 1080 },
];

test('the usual size at first, then where it was', () => {
  expect(readPlacement(file, displays)).toEqual({ bounds: { width: 1280, height: 800 }, maximized: false });
  const kept = { bounds: { x: 2000, y: 10, width: 1500, height: 900 }, maximized: true };
  writePlacement(file, kept);
  expect(readPlacement(file, displays)).toEqual(kept);
  // The second display was unplugged: the size stays, the place is the system's choice.
  expect(readPlacement(file, displays.slice(0, 1))).toEqual({ bounds: { width: 1500, height: 900 }, maximized: true });
});

test('never smaller than the page is made for, never out of reach', () => {
  writePlacement(file, { bounds: { x: 0, y: -500, width: 10, height: 10 }, maximized: false });
  expect(readPlacement(file, displays).bounds).toEqual({ width: 1280, height: 720 });
});

test('a file that cannot be read is no placement', () => {
  writeFileSync(file, '{"bounds":');
  expect(readPlacement(file, displays).maximized).toBe(false);
});

test.each([
  ['app://patchbay/', true],
  ['app://patchbay/#/run/x', true],
  ['app://patchbay/assets/x.js', false],
  ['app://other/', false],
  ['https://patchbay/', false],
  ['nonsense', false],
])('%s is our page: %s', (address, is) => expect(isPage(address)).toBe(is));

test.each([
  ['https://example.org', true],
  ['http://example.org', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
])('%s may go to the browser: %s', (address, may) => expect(isWebLink(address)).toBe(may));

test('an engine that dies again and again is given longer and longer pauses', () => {
  expect([0, 1, 2, 3, 4, 20].map(restartPause)).toEqual([0, 0, 200, 400, 800, 5000]);
});
