import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LabError } from '../../../contract/error.ts';
import type { ProofItem } from '../../../contract/models/proof.ts';
import { Claims, said } from './claims.ts';
import { KeptProofs } from './keptProofs.ts';

test('a claim holds, does not hold with what was seen, or could not be examined', async () => {
  const told: ProofItem[] = [];
  const claims = new Claims(7, (item) => told.push(item));
  await claims.examine('q', 'holds', async () => true);
  await claims.examine('q', 'does not', async () => 'verdict pass');
  await claims.examine('q', 'throws', async () => {
    throw new LabError('timeout', 'Too long.');
  });
  expect(claims.items).toEqual([
    { seed: 7, question: 'q', claim: 'holds', holds: true, detail: '' },
    { seed: 7, question: 'q', claim: 'does not', holds: false, detail: 'verdict pass' },
    { seed: 7, question: 'q', claim: 'throws', holds: false, detail: 'Too long.' },
  ]);
  expect(told).toEqual(claims.items);
});

test('an outcome in one line names the checks that do not pass', () => {
  const checks = [
    { id: 'one', verdict: 'pass' as const, message: null },
    { id: 'two', verdict: 'fail' as const, message: 'not so' },
    { id: 'three', verdict: 'waiting' as const, message: null },
  ];
  expect(said({ question: 'q', verdict: 'fail', earned: 0, weight: 1, checks, message: null })).toBe(
    'verdict fail; two: fail not so; three: waiting',
  );
});

test('a proof is found again only for the very same lab, seed, image and program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-proofs-'));
  try {
    const kept = new KeptProofs(folder);
    const content = { labHash: 'l', seed: 1, image: 'i', program: 'p' };
    const items = [{ seed: 1, question: 'q', claim: 'c', holds: true, detail: '' }];
    expect(kept.read(content)).toBeNull();
    kept.write(content, items);
    expect(kept.read(content)).toEqual(items);
    for (const other of [{ labHash: 'x' }, { seed: 2 }, { image: 'x' }, { program: 'x' }, { program: null }])
      expect(kept.read({ ...content, ...other })).toBeNull();
    kept.write({ ...content, program: null }, items);
    const files = readdirSync(join(folder, 'proofs'));
    expect(files).toHaveLength(1);
    writeFileSync(join(folder, 'proofs', files[0] ?? ''), '[{"seed":');
    expect(kept.read(content)).toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('after its end a claim that is still being examined counts no more', async () => {
  const claims = new Claims(7, () => undefined);
  const late = claims.examine('q', 'late', () => new Promise((resolve) => setTimeout(() => resolve(true), 20)));
  claims.end();
  await late;
  expect(claims.items).toEqual([]);
});
