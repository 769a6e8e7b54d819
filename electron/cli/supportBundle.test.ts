import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { redact, writeBundle } from './supportBundle.ts';

test('names, homes, tokens and keys are taken out', () => {
  expect(redact(`${homedir()}/labs`)).toBe('~/labs');
  expect(redact('http://127.0.0.1:1/?token=abc&x=1')).toBe('http://127.0.0.1:1/?token=REDACTED&x=1');
  expect(redact('proxy http://me:pw@proxy:3128')).toBe('proxy http://REDACTED@proxy:3128');
  expect(redact('"password": "x y"')).toContain('REDACTED');
});

test('the bundle holds findings and logs, and no journals', async () => {
  const state = mkdtempSync(join(tmpdir(), 'patchbay-bundle-'));
  mkdirSync(join(state, 'logs'));
  mkdirSync(join(state, 'runs'));
  writeFileSync(join(state, 'logs', 'engine.log'), 'up, token=abc\n');
  writeFileSync(join(state, 'runs', 'journal'), 'learner answered 42');
  const file = join(state, 'out.tar.gz');
  await writeBundle(file, state, [{ id: 'x', title: 'X', state: 'ok', detail: 'fine', fix: null }]);
  const text = gunzipSync(readFileSync(file)).toString();
  expect(text).toContain('patchbay/logs/engine.log');
  expect(text).toContain('token=REDACTED');
  expect(text).toContain('"fine"');
  expect(text).not.toContain('answered 42');
  rmSync(state, { recursive: true });
});
