import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mirrorSources } from './aptSettings.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patchbay-apt-'));
  mkdirSync(join(root, 'sources.list.d'));
});
afterEach(() => rmSync(root, { recursive: true }));

test("Debian's own sources are nothing to hand on", () => {
  writeFileSync(join(root, 'sources.list'), 'deb http://deb.debian.org/debian bookworm main\n');
  expect(mirrorSources(root)).toEqual([]);
});

test('a mirror is, in both styles, and other suites and repositories are not', () => {
  writeFileSync(
    join(root, 'sources.list'),
    [
      '# deb http://old.example bookworm main',
      'deb [signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib',
      'deb http://mirror.example/debian trixie main',
      'deb https://tools.example bookworm stable',
    ].join('\n'),
  );
  writeFileSync(
    join(root, 'sources.list.d', 'a.sources'),
    'Types: deb deb-src\nURIs: http://mirror.example/security\nSuites: bookworm-security bookworm-backports\nComponents: main\n\nEnabled: no\nTypes: deb\nURIs: http://off.example\nSuites: bookworm\nComponents: main\n',
  );
  expect(mirrorSources(root)).toEqual([
    'deb http://mirror.example/debian bookworm main',
    'deb http://mirror.example/security bookworm-security main',
  ]);
});

test('a machine without apt has none', () => {
  expect(mirrorSources(join(root, 'none'))).toEqual([]);
});
