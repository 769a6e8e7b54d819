import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { probes } from '../probes/table.ts';
import { Catalog } from './catalog.ts';
import { LabWatch } from './labWatch.ts';

const good = join(import.meta.dirname, 'examples', 'good.yaml');
let root: string;
let watch: LabWatch;
let changed: ReturnType<typeof vi.fn<() => void>>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patchbay-watch-'));
  mkdirSync(join(root, 'one'));
  cpSync(good, join(root, 'one', 'lab.yaml'));
  const catalog = new Catalog([root], probes);
  changed = vi.fn(() => undefined);
  watch = new LabWatch(() => catalog.places(), changed);
});
afterEach(() => {
  watch.close();
  rmSync(root, { recursive: true });
});

const told = async (times: number) => vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(times), 5000);

test('a file that is written, or put in the place of another, is told', async () => {
  writeFileSync(join(root, 'one', 'about.md'), 'Why.');
  await told(1);
  writeFileSync(join(root, 'one', 'lab.yaml.new'), 'title: [');
  renameSync(join(root, 'one', 'lab.yaml.new'), join(root, 'one', 'lab.yaml'));
  await told(2);
});

test('a new lab is told, and from then on what changes in it', async () => {
  mkdirSync(join(root, 'two'));
  await told(1);
  cpSync(good, join(root, 'two', 'lab.yaml'));
  await told(2);
  writeFileSync(join(root, 'two', 'lab.yaml'), 'version: 1\n');
  await told(3);
});

test('a lab that was removed and made again is followed still', async () => {
  rmSync(join(root, 'one'), { recursive: true });
  mkdirSync(join(root, 'one'));
  cpSync(good, join(root, 'one', 'lab.yaml'));
  await told(1);
  writeFileSync(join(root, 'one', 'lab.yaml'), 'version: 1\n');
  await told(2);
});

test('after its end nothing is told', async () => {
  const other = vi.fn(() => undefined);
  const second = new LabWatch(() => [join(root, 'one')], other);
  watch.close();
  writeFileSync(join(root, 'one', 'about.md'), 'Why.');
  await vi.waitFor(() => expect(other).toHaveBeenCalledTimes(1), 5000);
  second.close();
  expect(changed).not.toHaveBeenCalled();
});
