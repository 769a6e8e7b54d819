import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { loadLab } from './load.ts';
import { probeReference } from './probeReference.ts';

const doc = (name: string): string => readFileSync(join(productRoot(), 'docs', name), 'utf8');

test('the complete example in docs/lab-format.md is a lab without a mistake', () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(doc('lab-format.md'))?.[1] ?? '';
  const root = mkdtempSync(join(tmpdir(), 'patchbay-docs-'));
  mkdirSync(join(root, 'example'));
  writeFileSync(join(root, 'example', 'lab.yaml'), example);
  const loaded = loadLab(join(root, 'example'), probes);
  rmSync(root, { recursive: true });
  expect(loaded.state === 'broken' ? loaded.mistakes : []).toEqual([]);
});

test('the lab that docs/writing-labs.md writes from nothing has no mistake at its end', () => {
  const blocks = doc('writing-labs.md').match(/(?:^ {4}.*\n|^\n(?= {4}))+/gm) ?? [];
  const block = (start: string) =>
    blocks.map((it) => it.replace(/^ {4}/gm, '')).find((it) => it.trim().startsWith(start));
  const rest = 'version: 1\nminutes: 10\n';
  const root = mkdtempSync(join(tmpdir(), 'patchbay-docs-'));
  mkdirSync(join(root, 'two-rooms'));
  writeFileSync(
    join(root, 'two-rooms', 'lab.yaml'),
    [rest, block('title:'), block('vars:'), block('questions:')].join('\n'),
  );
  const loaded = loadLab(join(root, 'two-rooms'), probes);
  rmSync(root, { recursive: true });
  expect(loaded.state === 'broken' ? loaded.mistakes : []).toEqual([]);
});

test('docs/probes.md is what the probes say (`node resources/build/schema.mjs` writes it anew)', () => {
  expect(doc('probes.md')).toBe(probeReference(probes));
});
