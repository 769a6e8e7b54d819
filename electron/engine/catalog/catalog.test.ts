import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probes } from '../probes/table.ts';
import { cardOf } from './card.ts';
import { Catalog } from './catalog.ts';

const root = mkdtempSync(join(tmpdir(), 'patchbay-catalog-'));
const good = join(import.meta.dirname, 'examples', 'good.yaml');
beforeAll(() => {
  for (const lab of ['shipped/one', 'shipped/two', 'own/one', 'own/three']) cpSync(good, join(root, lab, 'lab.yaml'));
  mkdirSync(join(root, 'shipped/notes'));
  writeFileSync(join(root, 'shipped/lab.schema.json'), '{}');
  writeFileSync(join(root, 'own/three/lab.yaml'), 'version: 1\n');
});
afterAll(() => rmSync(root, { recursive: true }));

const catalog = new Catalog([join(root, 'shipped'), join(root, 'own'), join(root, 'nothing')], probes);

test('lists every lab; one that is broken, or has the id of another, is there with its reasons', () => {
  const cards = catalog.list().map((loaded) => cardOf(loaded, { state: 'ready' }, []));
  expect(cards).toMatchObject([
    {
      state: 'ok',
      id: 'one',
      points: 4,
      questions: 5,
      environment: { nodes: ['a', 'b', 'dns', 'r', 'sw'] },
      needs: ['veth'],
    },
    { state: 'ok', id: 'two' },
    { state: 'broken', id: join(root, 'own/one'), mistakes: [{ message: expect.stringContaining('already') }] },
    {
      state: 'broken',
      id: 'three',
      mistakes: expect.arrayContaining([expect.objectContaining({ message: '`title` is missing' })]),
    },
  ]);
});

test('finds a lab by its id, or by the path of its folder', () => {
  expect(catalog.find('two')).toMatchObject({ state: 'ok', lab: { id: 'two' } });
  expect(catalog.find(join(root, 'own/three'))).toMatchObject({ state: 'broken', id: 'three' });
  expect(catalog.find('four')).toBeNull();
  expect(catalog.ids()).toEqual(['one', 'two', 'one', 'three']);
});

test('the hash of a lab changes with any of its files, and only then', () => {
  const hash = () => {
    const found = catalog.find('two');
    return found?.state === 'ok' ? found.lab.hash : null;
  };
  const before = hash();
  expect(hash()).toBe(before);
  writeFileSync(join(root, 'shipped/two/why.md'), 'Because.');
  expect(hash()).not.toBe(before);
});
