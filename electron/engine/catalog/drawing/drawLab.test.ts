import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probes } from '../../probes/table.ts';
import { productRoot } from '../../root.ts';
import { Catalog } from '../catalog.ts';
import { expandLab } from '../expand.ts';
import type { ExpandedLab } from '../expanded.ts';
import type { Lab } from '../lab.ts';
import { drawLab, drawRun } from './drawLab.ts';

const catalog = new Catalog([join(productRoot(), 'labs')], probes);
const lab = (id: string): Lab => {
  const loaded = catalog.find(id);
  if (loaded?.state !== 'ok') throw new Error(id);
  return loaded.lab;
};
const ends = (run: ExpandedLab) => drawRun(run, true).links.flatMap(({ a, b }) => [a, b]);

test('in the catalog there are names and cables; a port that the seed numbers has no name yet', () => {
  const { nodes, links } = drawLab(lab('switching'));
  expect(nodes).toContainEqual({ name: 'sw', kind: 'switch' });
  expect(links[0]).toEqual({
    a: { node: 'oak', port: 'eth0', addresses: [] },
    b: { node: 'sw', port: null, addresses: [] },
    segment: 0,
  });
});

test('a run shows the addresses and networks that its texts tell, and no other', () => {
  const run = expandLab(lab('routing'), 7);
  const text = run.questions.map((it) => it.text).join(' ');
  const all = run.environment.kind === 'hosts' ? run.environment.nodes.flatMap((it) => it.interfaces) : [];
  const shown = ends(run).flatMap((it) => it.addresses);
  expect(shown.length).toBeGreaterThan(0);
  for (const address of shown) expect(text).toContain(address);
  expect(shown.length).toBeLessThan(all.flatMap((it) => it.addresses).length);
  // The answer to its first question: the gateway of cleo.
  expect(ends(run).find((it) => it.node === 'gate' && it.port === 'eth0')).toMatchObject({ addresses: [] });
  expect(drawRun(run, true).networks.map((it) => it.segment)).toEqual([0, 1]);
});

test('a port that the seed numbers has no name in a run either: the lab asks for it', () => {
  const run = expandLab(lab('switching'), 7);
  expect(
    ends(run)
      .filter((it) => it.node === 'sw')
      .map((it) => it.port),
  ).toEqual([null, null, null]);
});

test('an exam has names and cables alone', () => {
  for (const id of ['switching', 'routing', 'service-networking'])
    expect(JSON.stringify(drawRun(expandLab(lab(id), 7), false))).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
});

test('an address that two cards have is not shown', () => {
  const run = expandLab(lab('routing'), 7);
  if (run.environment.kind !== 'hosts') throw new Error('no hosts');
  const [ada, ...rest] = run.environment.nodes;
  const ben = rest.find((it) => it.name === 'ben');
  if (!ada || !ben) throw new Error('no ada and ben');
  const before = ends(run).find((it) => it.node === 'ben')?.addresses;
  const twice = {
    ...run,
    environment: { ...run.environment, nodes: [{ ...ada, interfaces: ben.interfaces }, ...rest] },
  };
  expect(before).toHaveLength(1);
  expect(ends(twice).filter((it) => it.addresses.length > 0 && ['ada', 'ben'].includes(it.node))).toEqual([]);
});

test('a router keeps its networks apart, a switch joins its cables', () => {
  expect(drawLab(lab('routing')).links.map((it) => it.segment)).toEqual([0, 0, 0, 1]);
});

test('a cluster is a gateway with its nodes, and networks by name', () => {
  const run = expandLab(lab('service-networking'), 7);
  const drawing = drawRun(run, true);
  expect(drawing.nodes.map((it) => it.kind)).toEqual(['gateway', 'control-plane', 'worker']);
  expect(drawing.networks.map((it) => it.name)).toEqual(['nodes', 'pods', 'services']);
  // Its questions ask for these ranges.
  expect(drawing.networks.every((it) => it.range === null)).toBe(true);
});
