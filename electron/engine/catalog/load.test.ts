// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of labs are written like this.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Mistake } from '../../contract/models/lab.ts';
import { probes } from '../probes/table.ts';
import type { LoadedLab } from './lab.ts';
import { loadLab } from './load.ts';
import { FILE_LIMIT } from './readText.ts';

const root = mkdtempSync(join(tmpdir(), 'patchbay-labs-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;

const labFolder = (yaml: string | Uint8Array, others: Record<string, string> = {}): string => {
  const folder = join(root, `lab-${count++}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'lab.yaml'), yaml);
  for (const [name, text] of Object.entries(others)) writeFileSync(join(folder, name), text);
  return folder;
};

const load = (yaml: string, others?: Record<string, string>): LoadedLab => loadLab(labFolder(yaml, others), probes);

const mistakesOf = (yaml: string, others?: Record<string, string>): Mistake[] => {
  const loaded = load(yaml, others);
  return loaded.state === 'broken' ? loaded.mistakes : [];
};

const example = (name: string): string => readFileSync(join(import.meta.dirname, 'examples', name), 'utf8');

/** A lab without a mistake, which the cases change. */
const good = example('good.yaml');

/** The labs that the cases change, by what they call them. */
const bases = { hosts: good, cluster: example('cluster.yaml'), engine: example('engine.yaml') };

const lineOf = (base: string, text: string): number => base.slice(0, base.indexOf(text)).split('\n').length;

const Case = z.strictObject({
  name: z.string(),
  in: z.enum(['hosts', 'cluster', 'engine']).default('hosts'),
  from: z.string(),
  to: z.string(),
  says: z.string(),
  nearest: z.string().optional(),
  line: z.number().optional(),
});
const cases = z.array(Case).parse(parse(example('mistakes.yaml')));

const caseOf = (name: string): z.infer<typeof Case> => {
  const found = cases.find((it) => it.name === name);
  if (!found) throw new Error(`no case "${name}"`);
  return found;
};

test('the labs that the cases change have no mistake themselves', () => {
  expect(load(bases.hosts)).toMatchObject({ state: 'ok', lab: { title: 'A lab' } });
  expect(load(bases.cluster)).toMatchObject({ state: 'ok', lab: { title: 'A cluster' } });
  expect(load(bases.engine)).toMatchObject({ state: 'ok', lab: { title: 'An engine' } });
});

test('an interface that a line of start makes is known', () => {
  const asked = good.replace('with: { name: eth0 }, node: b, field: up', 'with: { name: made0 }, node: b, field: up');
  expect(mistakesOf(asked).map(({ message }) => message)).toEqual(['b has no interface `made0`']);
  expect(mistakesOf(asked.replace('serve &', 'ip link add made0 type bridge'))).toEqual([]);
});

describe('each mistake is told with its line and the nearest right word', () => {
  test.each(cases)('$name', ({ in: name, from, to, says, nearest, line }) => {
    const base = bases[name];
    expect(base).toContain(from);
    const mistakes = mistakesOf(base.replace(from, () => to));
    const found = mistakes.find((mistake) => mistake.message.includes(says));
    expect(mistakes.map((mistake) => mistake.message).join('\n')).toContain(says);
    expect(found).toMatchObject({ file: 'lab.yaml', line: line ?? lineOf(base, from) });
    if (nearest !== undefined) expect(found?.nearest).toBe(nearest);
  });
});

test('packets are not sent of our own accord where a lab asks for their traces', () => {
  const asking = good
    .replace(
      'probe: interface, with: { name: eth0 }, node: "${who}"',
      'probe: neighbour, with: { to: "${net[11]}" }, node: a',
    )
    .replace(', needs: [up]', '');
  expect(mistakesOf(asking)).toMatchObject([{ message: expect.stringContaining('give it `needs`') }]);
});

test('all mistakes come at once, in the order of the file', () => {
  const chosen = [
    'an unknown key',
    'a MAC that is none',
    'an endpoint used twice',
    'an unknown node of a step',
    'an unknown probe',
    'instead-of out of range',
  ];
  const worst = chosen.map(caseOf).reduce((yaml, { from, to }) => yaml.replace(from, () => to), good);
  const mistakes = mistakesOf(worst);
  for (const { says } of chosen.map(caseOf)) expect(mistakes.some(({ message }) => message.includes(says))).toBe(true);
  expect(mistakes.map((mistake) => mistake.line)).toEqual(
    mistakes.map((mistake) => mistake.line).sort((a, b) => a - b),
  );
});

test('one cause is told once', () => {
  for (const name of [
    'an unknown key',
    'a duplicate key',
    'an unknown probe',
    'a subnet that cannot fit',
    'an unknown question kind',
    'an unknown variable',
  ]) {
    const { from, to } = caseOf(name);
    expect(mistakesOf(good.replace(from, () => to)), name).toHaveLength(1);
  }
});

test('Markdown can stand in a file of its own, and a mistake in it is told there', () => {
  const yaml = good.replace('text: Which is it?', 'text: { file: why.md }');
  const loaded = load(yaml, { 'why.md': 'The network is `${net}`.' });
  expect(loaded).toMatchObject({ state: 'ok' });
  expect(mistakesOf(yaml, { 'why.md': '# Why\n\nThe network is `${nett}`.' })).toMatchObject([
    { file: 'why.md', line: 3, column: 17, nearest: 'net' },
  ]);
});

describe('a folder that holds no lab', () => {
  test.each([
    ['bytes that are not UTF-8', Uint8Array.from([0x74, 0x3a, 0xff, 0xfe]), 'not written in UTF-8'],
    ['a huge file', 'x'.repeat(FILE_LIMIT + 1), 'the most that Patchbay reads'],
    ['an empty file', '', 'holds no lab'],
    ['a list', '- a\n- b\n', 'holds no lab'],
    [
      'aliases that would fill the memory',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\n`,
      'holds no lab',
    ],
  ])('%s', (_, content, says) => {
    const loaded = loadLab(labFolder(content), probes);
    expect(loaded).toMatchObject({ state: 'broken', mistakes: [{ line: 1, message: expect.stringContaining(says) }] });
  });

  test('no file at all, and a name that is no id', () => {
    expect(loadLab(join(root, 'nothing'), probes)).toMatchObject({
      mistakes: [{ message: expect.stringContaining('no such file') }],
    });
    expect(loadLab(join(root, 'No Lab'), probes)).toMatchObject({
      mistakes: [{ message: expect.stringContaining('is none') }],
    });
  });

  test('a link out of the folder', () => {
    const folder = labFolder(good.replace('minutes: 5', 'minutes: 5\nabout: { file: about.md }'));
    writeFileSync(join(root, 'secret.md'), 'secret');
    symlinkSync(join(root, 'secret.md'), join(folder, 'about.md'));
    expect(loadLab(folder, probes)).toMatchObject({ mistakes: [{ message: expect.stringContaining('by a link') }] });
  });
});
