import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** `target` is a package's name, or a file of ours as a path that begins with `./` from the repository's root. */
type Import = { file: string; target: string };
type Rule = { says: string; broken: (it: Import) => boolean };

const under = (path: string, ...folders: string[]): boolean => folders.some((it) => path === it || path.startsWith(it));
const isPackage = (target: string, name: string): boolean => target === name || target.startsWith(`${name}/`);
const isTest = (file: string): boolean => file.endsWith('.test.ts');

/** Who may import whom. */
const rules: Rule[] = [
  {
    says: 'the page knows only the contract, its own files and packages made for browsers',
    broken: ({ file, target }) =>
      under(file, 'renderer/') &&
      !isTest(file) &&
      (target.startsWith('node:') ||
        ['dockerode', 'node-pty', 'ws', 'electron', 'tar-stream', 'execa'].some((name) => isPackage(target, name)) ||
        (target.startsWith('./') && !under(target, './renderer/', './electron/contract/'))),
  },
  {
    says: 'only electron/engine/docker imports dockerode, and the bench as the peer that it measures against',
    broken: ({ file, target }) =>
      isPackage(target, 'dockerode') && !under(file, 'electron/engine/docker/', 'resources/bench/'),
  },
  {
    says: 'only the desktop shell imports electron, and the tests and the bench that start it',
    broken: ({ file, target }) =>
      isPackage(target, 'electron') &&
      !under(file, 'electron/main.ts', 'electron/preload.ts', 'electron/shell/', 'e2e/', 'resources/bench/'),
  },
  {
    says: 'the engine knows no shell',
    broken: ({ file, target }) =>
      under(file, 'electron/engine/') &&
      under(
        target,
        './electron/main.ts',
        './electron/preload.ts',
        './electron/shell/',
        './electron/serve/',
        './electron/cli/',
      ),
  },
  {
    says: 'the catalog knows nothing of Docker',
    broken: ({ file, target }) =>
      under(file, 'electron/engine/catalog/') &&
      under(target, './electron/engine/docker/', './electron/engine/environments/'),
  },
  {
    says: 'the contract imports only zod and itself',
    broken: ({ file, target }) =>
      under(file, 'electron/contract/') &&
      !isTest(file) &&
      !under(target, './electron/contract/') &&
      !isPackage(target, 'zod'),
  },
];

function offences(imports: Import[]): string[] {
  return imports.flatMap((it) =>
    rules.filter((rule) => rule.broken(it)).map((rule) => `${it.file} imports ${it.target}: ${rule.says}`),
  );
}

/** Imports of every form, `import()` and type imports too, as TypeScript itself finds them. */
function importsOf(file: string, text: string): Import[] {
  // Of a Svelte file only the scripts are code; each import in them stands in TypeScript's syntax.
  const code = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((it) => it[1]).join('\n')
    : text;
  const found = ts.preProcessFile(code, true, true).importedFiles.map((it) => it.fileName);
  return found.map((name) => ({ file, target: name.startsWith('.') ? inRepository(file, name) : name }));
}

const inRepository = (file: string, name: string): string => `./${join(dirname(file), name).split(sep).join('/')}`;

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && /\.(ts|svelte|mjs|js)$/.test(it.name))
    .map((it) => relative(root, join(it.parentPath, it.name)).split(sep).join('/'));
}

test('every import keeps to the layers', () => {
  const files = ['electron', 'renderer', 'resources', 'e2e']
    .filter((it) => existsSync(join(root, it)))
    .flatMap(sourceFiles);
  expect(files.length).toBeGreaterThan(10);
  expect(offences(files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8'))))).toEqual([]);
});

test.each([
  ['renderer/lab/Lab.svelte', `<script lang="ts">import { x } from '../../electron/engine/runs/run.ts';</script>`],
  ['renderer/lab/lab.ts', `const fs = await import('node:fs');`],
  ['renderer/lab/lab.ts', `import type Docker from 'dockerode';`],
  ['electron/engine/grading/grade.ts', `import Docker from 'dockerode';`],
  ['electron/engine/grading/grade.ts', `const d = require('dockerode');`],
  ['electron/engine/docker/client.ts', `import { app } from 'electron/main';`],
  ['electron/serve/http.ts', `import { app } from 'electron';`],
  ['electron/engine/runs/run.ts', `export { serve } from '../../serve/http.ts';`],
  ['electron/engine/catalog/read.ts', `import { engine } from '../docker/client.ts';`],
  ['electron/contract/run.ts', `import { join } from 'node:path';`],
  ['electron/contract/run.ts', `import { Run } from '../engine/runs/run.ts';`],
])('an offence in %s is found: %s', (file, text) => {
  expect(offences(importsOf(file, text))).toHaveLength(
    file.startsWith('renderer') && text.includes('dockerode') ? 2 : 1,
  );
});

test.each([
  [
    'renderer/lab/Lab.svelte',
    `<script lang="ts">import { Run } from '../../electron/contract/run.ts'; import X from './X.svelte';</script>`,
  ],
  ['electron/engine/docker/client.ts', `import Docker from 'dockerode';`],
  ['electron/shell/window.ts', `import { BrowserWindow } from 'electron';`],
  ['electron/contract/run.ts', `import * as z from 'zod';`],
])('what is allowed in %s passes: %s', (file, text) => {
  expect(offences(importsOf(file, text))).toEqual([]);
});
