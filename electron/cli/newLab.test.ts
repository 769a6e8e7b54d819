import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadLab } from '../engine/catalog/load.ts';
import { probes } from '../engine/probes/table.ts';
import { productRoot } from '../engine/root.ts';
import { LAB_KINDS, writeNewLab } from './newLab.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'patchbay-new-'));
});
afterEach(() => rmSync(place, { recursive: true }));

test.each(LAB_KINDS)('a new lab of kind %s has no mistake, and all that a good lab has', (kind) => {
  writeNewLab(join(place, 'my-first-lab'), kind);
  const loaded = loadLab(join(place, 'my-first-lab'), probes);
  expect(loaded).toMatchObject({ state: 'ok', lab: { title: 'My first lab', environment: { kind } } });
  if (loaded.state !== 'ok') return;
  expect(new Set(loaded.lab.questions.map((it) => it.kind))).toEqual(new Set(['info', 'answer', 'choice', 'task']));
  for (const question of loaded.lab.questions) {
    if (question.kind === 'info') continue;
    expect(question.hints).toHaveLength(3);
    if (question.kind !== 'choice') expect(question['near-misses'].length).toBeGreaterThanOrEqual(2);
    if (question.kind === 'task') expect(question['also-solved-by'].length).toBeGreaterThanOrEqual(2);
  }
});

test('its first line leads an editor to the schema, which is put beside it', () => {
  writeNewLab(join(place, 'one'), 'hosts');
  const [, schema = ''] = /\$schema=(\S+)/.exec(readFileSync(join(place, 'one/lab.yaml'), 'utf8')) ?? [];
  const ours = readFileSync(join(productRoot(), 'labs/lab.schema.json'), 'utf8');
  expect(readFileSync(join(place, 'one', schema), 'utf8')).toBe(ours);
  writeFileSync(join(place, 'lab.schema.json'), '{ "title": "A lab of Patchbay", "old": true }');
  expect(writeNewLab(join(place, 'two'), 'hosts')).toContain(join(place, 'lab.schema.json'));
  writeFileSync(join(place, 'lab.schema.json'), '{ "title": "of somebody else" }');
  expect(writeNewLab(join(place, 'three'), 'hosts')).not.toContain(join(place, 'lab.schema.json'));
});

test('nothing is written over, and nothing is written for a name that no lab can have', () => {
  mkdirSync(join(place, 'full'));
  writeFileSync(join(place, 'full', 'notes.txt'), 'mine');
  expect(() => writeNewLab(join(place, 'full'), 'hosts')).toThrow('not empty');
  expect(() => writeNewLab(join(place, 'My Lab'), 'hosts')).toThrow("cannot be a lab's id");
  expect(existsSync(join(place, 'My Lab'))).toBe(false);
});
