import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Catalog } from '../catalog/catalog.ts';
import { Labs } from '../labs.ts';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { ExamFolders } from './examFolders.ts';

const ours = join(productRoot(), 'labs');
const labs = new Labs(new Catalog([ours], probes));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-exam-'));
  mkdirSync(join(folder, 'mine'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const head = 'version: 1\ntitle: Mine\nsummary: Short.\nminutes: 10\n';
const load = (text: string) => {
  writeFileSync(join(folder, 'mine', 'exam.yaml'), text);
  return new ExamFolders([folder], labs).find('mine');
};

test('the product’s own exams have no mistake, and every lab that they draw from is there', () => {
  const own = new ExamFolders([ours], labs).list();
  expect(own.map((it) => (it.state === 'ok' ? it.exam.id : it.mistakes))).toContain('mock-exam');
  expect(own.filter(({ state }) => state === 'broken')).toEqual([]);
});

test('a right one is read, with what is not said filled in', () => {
  const loaded = load(`${head}parts:\n  - { topic: T, labs: [routing], questions: 2, weight: 100 }\n`);
  expect(loaded).toMatchObject({ state: 'ok', exam: { id: 'mine', pass: 66, minutes: 10 } });
});

test.each([
  [`parts:\n  - { topic: T, labs: [routin], questions: 2, weight: 100 }`, 6, 'no lab `routin`', 'routing'],
  [`parts:\n  - { topic: T, labs: [routing], questions: 2, weight: 60 }`, 6, '60 together, and must be 100', null],
  [`parts:\n  - { topic: T, labs: [routing], questions: 20, weight: 100 }`, 6, 'this part draws 20', null],
  [`parts:\n  - { topic: T, labs: [routing], questons: 2, weight: 100 }`, 6, '`questons` is not known', 'questions'],
  ['parts: 3', 5, '`parts` must be a list', null],
])('%s is a mistake with its line', (text, line, message, nearest) => {
  const loaded = load(`${head}${text}\n`);
  expect(loaded).toMatchObject({ state: 'broken' });
  if (loaded?.state !== 'broken') return;
  expect(loaded.mistakes).toContainEqual(
    expect.objectContaining({ file: 'exam.yaml', line, message: expect.stringContaining(message), nearest }),
  );
});
