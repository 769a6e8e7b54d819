import { expect, test } from 'vitest';
import { hasDisplay } from './display.mjs';
import { refusedLately } from './electron-runtime.mjs';
import { nodeProblem } from './node-version.mjs';
import { readLine } from './prepare.mjs';

test.each(['20.19.0', '20.20.2', '22.1.0'])('Node %s will do', (version) => expect(nodeProblem(version)).toBeNull());
test.each(['18.20.4', '20.18.3'])('Node %s is too old, and the message says what to do', (version) => {
  expect(nodeProblem(version)).toMatch(/needs Node 20\.19 or newer.*\n.*npm start again/);
});

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
] as const)('%s with %o has a display: %s', (platform, env, expected) => {
  expect(hasDisplay(platform, env)).toBe(expected);
});

test('a refused download of the same version is not waited for again within a week', () => {
  const day = 86_400_000;
  expect(refusedLately(`45.4.1 ${day}`, '45.4.1', 3 * day)).toBe(true);
  expect(refusedLately(`45.4.1 ${day}`, '45.4.1', 9 * day)).toBe(false);
  expect(refusedLately(`45.4.1 ${day}`, '46.0.0', 3 * day)).toBe(false);
  expect(refusedLately(null, '45.4.1', day)).toBe(false);
});

test('lines of prepare: steps, the error at the end, and nothing else', () => {
  const step = { id: 'base', title: 'Base image', state: 'running' };
  expect(readLine(JSON.stringify(step))).toEqual({ step });
  const failed = { ...step, state: 'failed', error: { code: 'image-failed' } };
  expect(readLine(JSON.stringify(failed))).toEqual({ step: failed });
  expect(readLine('{"error":{"code":"docker-missing","message":"No engine."}}')).toMatchObject({
    error: { code: 'docker-missing', hint: null, data: {} },
  });
  expect(readLine('(node:1) Warning: something')).toBeNull();
  expect(readLine('42')).toBeNull();
});
