// npm run check: types, style, page and layers. `--report FILE` also writes [{name, ok, seconds}] for npm test.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/root.mjs';

const modules = join(root, 'node_modules');

/** @typedef {{name: string, script: string, args: string[]}} Part */
/** @type {Part[]} */
const parts = [
  // The page is left to svelte-check, which alone knows what a .svelte file exports.
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'resources/build/program.tsconfig.json'] },
  { name: 'style', script: '@biomejs/biome/bin/biome', args: ['check', '.'] },
  {
    name: 'page',
    script: 'svelte-check/bin/svelte-check',
    args: ['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings'],
  },
  { name: 'layers', script: 'vitest/vitest.mjs', args: ['run', '--project', 'unit', 'electron/layers.test.ts'] },
];

// Two at a time: each of them fills a core.
const waiting = [...parts];
/** @type {{name: string, ok: boolean, seconds: number}[]} */
const results = [];
await Promise.all([worker(), worker()]);

const failed = results.filter((it) => !it.ok).map((it) => it.name);
const reportAt = process.argv.indexOf('--report');
const reportFile = reportAt > 0 ? process.argv[reportAt + 1] : undefined;
if (reportFile) writeFileSync(reportFile, JSON.stringify(results));
console.log(failed.length ? `check failed: ${failed.join(', ')}` : 'check: all well');
process.exitCode = failed.length ? 1 : 0;

async function worker() {
  for (let part = waiting.shift(); part; part = waiting.shift()) results.push(await run(part));
}

/**
 * Its output appears whole, when it ends, and only where it failed.
 * @param {Part} part
 * @returns {Promise<{name: string, ok: boolean, seconds: number}>}
 */
function run({ name, script, args }) {
  const began = Date.now();
  const path = join(modules, script);
  if (!existsSync(path)) throw new Error(`${script} is not installed: run npm start or npm ci first`);
  const child = spawn(process.execPath, [path, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const seconds = (Date.now() - began) / 1000;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
      if (code !== 0) console.log(output);
      resolve({ name, ok: code === 0, seconds });
    });
  });
}
