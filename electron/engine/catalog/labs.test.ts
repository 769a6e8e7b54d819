import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { Catalog } from './catalog.ts';
import { expandLab } from './expand.ts';
import type { Lab } from './lab.ts';
import { overlap, parseSubnet } from './subnet.ts';

const SEEDS = Array.from({ length: 200 }, (_, index) => index * 21_474_837);

const labs = new Catalog([join(productRoot(), 'labs')], probes).list();
const good = labs.flatMap((loaded): Lab[] => (loaded.state === 'ok' ? [loaded.lab] : []));

test('every lab that is shipped loads', () => {
  expect(labs.flatMap((loaded) => (loaded.state === 'broken' ? loaded.mistakes : []))).toEqual([]);
  expect(good.map((lab) => lab.id)).toEqual(
    expect.arrayContaining(['cluster-dns', 'explore-environment', 'routing', 'service-networking', 'switching']),
  );
});

/** Labs in which nothing is to be changed. */
const onlyLooking: readonly string[] = ['explore-cni', 'service-networking'];

describe.each(good)('$id', (lab) => {
  const expanded = SEEDS.map((seed) => expandLab(lab, seed));

  test('no template is left, whatever the seed', () => {
    for (const one of expanded) expect(JSON.stringify([one.environment, one.questions])).not.toContain('${');
  });

  test('no two cards share a MAC address, no two an IP address, and different networks do not overlap', () => {
    for (const { environment, actual } of expanded) {
      const cards = environment.kind === 'kubernetes' ? [] : environment.nodes.flatMap((node) => node.interfaces);
      expect(new Set(cards.map((card) => card.mac)).size).toBe(cards.length);
      const addresses = cards.flatMap((card) => card.addresses);
      expect(new Set(addresses.map((address) => address.split('/')[0])).size).toBe(addresses.length);
      const networks = Object.values(actual).flatMap((value) => parseSubnet(value) ?? []);
      for (const [index, network] of networks.entries())
        for (const other of networks.slice(index + 1)) expect(overlap(network, other)).toBe(false);
    }
  });

  test('the same seed gives the same values, other seeds give others', () => {
    for (const [index, seed] of SEEDS.slice(0, 20).entries()) expect(expandLab(lab, seed)).toEqual(expanded[index]);
    expect(new Set(expanded.map((one) => JSON.stringify(one.actual))).size).toBe(SEEDS.length);
  });

  test('has all four kinds, six graded questions at least, three hints and a solution for each', () => {
    const kinds = ['info', 'answer', 'choice', ...(onlyLooking.includes(lab.id) ? [] : ['task'])];
    expect([...new Set(lab.questions.map((question) => question.kind))].sort()).toEqual(kinds.sort());
    const graded = lab.questions.filter((question) => question.kind !== 'info');
    expect(graded.length).toBeGreaterThanOrEqual(6);
    for (const question of graded) {
      expect(question.hints, question.id).toHaveLength(3);
      expect(question.solution, question.id).toBeTruthy();
      if (question.kind !== 'choice') expect(question['near-misses'].length, question.id).toBeGreaterThan(0);
    }
  });
});
