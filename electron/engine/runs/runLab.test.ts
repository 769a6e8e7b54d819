import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Catalog } from '../catalog/catalog.ts';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { keepLab, keptLab } from './runLab.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-run-lab-'));
afterAll(() => rmSync(folder, { recursive: true }));
const labs = new Catalog([join(productRoot(), 'labs')], probes).list();

test.each(labs.flatMap((it) => (it.state === 'ok' ? [it.lab] : [])))('$id comes back as it was', async (lab) => {
  await keepLab(folder, lab);
  expect(await keptLab(folder)).toStrictEqual(lab);
});

test('a torn or foreign file counts as none', async () => {
  writeFileSync(join(folder, 'lab.json'), '{"id":"x","folder":"/","hash":"h","version":1,"ti');
  expect(await keptLab(folder)).toBeNull();
  writeFileSync(join(folder, 'lab.json'), '{"id":"x","folder":"/","hash":"h","version":2}');
  expect(await keptLab(folder)).toBeNull();
});
