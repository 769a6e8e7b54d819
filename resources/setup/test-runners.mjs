import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTally, playwrightTally, proofTally, vitestTally } from './test-tally.mjs';

/**
 * @typedef {object} Runner
 * @property {string} name
 * @property {'nothing' | 'docker' | 'docker and browsers'} needs
 * @property {number} limit seconds
 * @property {string[]} args of Node
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(output: string) => import('./test-tally.mjs').Tally} read throws where there is no report
 */

/**
 * @param {string} root
 * @param {string} reports a folder for what they report
 * @returns {Runner[]} in the order of their running: quick ones first
 */
export function testRunners(root, reports) {
  const file = (/** @type {string} */ name) => join(reports, `${name}.json`);
  const json = (/** @type {string} */ name) => JSON.parse(readFileSync(file(name), 'utf8'));
  const vitest = (/** @type {string} */ name, /** @type {string[]} */ projects) => [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...projects.flatMap((it) => ['--project', it]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file(name)}`,
  ];
  return [
    {
      name: 'check',
      needs: 'nothing',
      limit: 1800,
      args: [join(root, 'resources/build/check.mjs'), '--report', file('check')],
      read: () => checkTally(json('check')),
    },
    {
      name: 'unit',
      needs: 'nothing',
      limit: 1800,
      args: vitest('unit', ['unit', 'page']),
      read: () => vitestTally(json('unit')),
    },
    {
      name: 'docker',
      needs: 'docker',
      limit: 3600,
      args: vitest('docker', ['docker']),
      read: () => vitestTally(json('docker')),
    },
    {
      name: 'end to end',
      needs: 'docker and browsers',
      limit: 2400,
      args: [
        join(root, 'node_modules/@playwright/test/cli.js'),
        'test',
        '-c',
        join(root, 'e2e'),
        '--reporter=list,json',
      ],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file('e2e'), PLAYWRIGHT_JSON_OUTPUT_NAME: file('e2e') },
      read: () => playwrightTally(json('e2e')),
    },
    {
      name: 'proofs',
      needs: 'docker',
      limit: 3600,
      args: [join(root, 'dist/cli/patchbay.cjs'), 'prove', '--all', '--seeds', '1', '--json'],
      read: (output) => proofTally(proofsIn(output)),
    },
  ];
}

/**
 * `prove --json`: one document (a proof, several, or {proofs}), or a line for each.
 * @param {string} output
 */
export function proofsIn(output) {
  const whole = parsed(output);
  const values = whole === undefined ? output.split('\n').map(parsed) : [whole?.proofs ?? whole].flat();
  const proofs = values.filter((it) => it && Array.isArray(it.items) && typeof it.lab === 'string');
  if (proofs.length === 0) throw new Error('no proof in its output');
  return proofs;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
