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

test('docs/probes.md is what the probes say (`node resources/build/schema.mjs` writes it anew)', () => {
  expect(doc('probes.md')).toBe(probeReference(probes));
});
