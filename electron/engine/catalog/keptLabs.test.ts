import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { Catalog } from './catalog.ts';
import { contentHash } from './contentHash.ts';
import { KeptLabs } from './keptLabs.ts';

const place = mkdtempSync(join(tmpdir(), 'kept-labs-'));
const cache = join(place, 'cache');
const labs = join(place, 'labs');
cpSync(join(productRoot(), 'labs'), labs, { recursive: true });
afterAll(() => rmSync(place, { recursive: true }));

// A table of its own: what is known already is known by table.
const list = (kept: KeptLabs) => new Catalog([labs], { ...probes }, kept).list();

test('a kept lab is in every way the lab that was read', () => {
  const read = list(new KeptLabs(cache, 'this program'));
  expect(read.length).toBeGreaterThan(1);
  const kept = new KeptLabs(cache, 'this program');
  for (const loaded of read) {
    if (loaded.state !== 'ok') throw new Error(loaded.id);
    expect(kept.read(loaded.lab.folder, loaded.lab.hash)).toStrictEqual(loaded.lab);
  }
  expect(list(kept)).toStrictEqual(read);
});

test('another program and changed files are read anew', () => {
  const folder = join(labs, 'switching');
  const hash = contentHash(folder);
  expect(new KeptLabs(cache, 'this program').read(folder, hash)).not.toBeNull();
  expect(new KeptLabs(cache, 'another program').read(folder, hash)).toBeNull();
  writeFileSync(join(folder, 'lab.yaml'), 'title: [');
  const loaded = list(new KeptLabs(cache, 'this program')).find((it) => it.state === 'broken');
  expect(loaded).toMatchObject({ id: 'switching' });
});
