import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Seal } from './seal.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'patchbay-seal-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

test('what is closed shows nothing, and opens for what it was closed for, also in the next process', () => {
  const box = new Seal(stateDir, 'exam').close('the truth is 10259', 'run question');
  expect(Buffer.from(box, 'base64').toString('latin1')).not.toContain('10259');
  expect(new Seal(stateDir, 'exam').open(box, 'run question')).toBe('the truth is 10259');
  expect(statSync(join(stateDir, 'keys', 'exam')).mode & 0o077).toBe(0);
});

test('two boxes of the same text differ: nobody sees that two answers were judged alike', () => {
  const seal = new Seal(stateDir, 'exam');
  expect(seal.close('pass', 'a')).not.toBe(seal.close('pass', 'a'));
});

const spoiled: [string, (box: string) => [string, string]][] = [
  ['for another question', (box) => [box, 'run other']],
  ['changed', (box) => [`${box.slice(0, -6)}AAAA==`, 'run question']],
  ['not a box', () => ['pass', 'run question']],
];
test.each(spoiled)('a box that is %s does not open', (_, spoil) => {
  const seal = new Seal(stateDir, 'exam');
  const [box, about] = spoil(seal.close('text', 'run question'));
  expect(() => seal.open(box, about)).toThrow('cannot be opened');
});

test('without its key it does not open', () => {
  const box = new Seal(stateDir, 'exam').close('text', 'a');
  const key = join(stateDir, 'keys', 'exam');
  writeFileSync(key, Buffer.alloc(readFileSync(key).length));
  expect(() => new Seal(stateDir, 'exam').open(box, 'a')).toThrow('cannot be opened');
  new Seal(stateDir, 'exam').forget();
  expect(() => new Seal(stateDir, 'exam').open(box, 'a')).toThrow('cannot be opened');
});
