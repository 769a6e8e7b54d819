import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { probes } from '../probes/table.ts';
import { expandLab } from './expand.ts';
import type { Lab } from './lab.ts';
import { loadLab } from './load.ts';

const root = mkdtempSync(join(tmpdir(), 'patchbay-expand-'));
afterAll(() => rmSync(root, { recursive: true }));
cpSync(join(import.meta.dirname, 'examples', 'good.yaml'), join(root, 'good', 'lab.yaml'));
cpSync(join(import.meta.dirname, 'examples', 'cluster.yaml'), join(root, 'cluster', 'lab.yaml'));
cpSync(join(import.meta.dirname, 'examples', 'engine.yaml'), join(root, 'engine', 'lab.yaml'));

const load = (name: string): Lab => {
  const loaded = loadLab(join(root, name), probes);
  if (loaded.state !== 'ok') throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.lab;
};
const lab = load('good');
const expanded = expandLab(lab, 7);
const { net, card } = expanded.actual;

describe('the environment', () => {
  const { environment } = expanded;
  if (environment.kind !== 'hosts') throw new Error('not of hosts');
  const node = (name: string) => environment.nodes.find((it) => it.name === name);

  test('hosts have what the file gives, and a MAC address in any case', () => {
    const base = net?.split('/')[0]?.split('.').slice(0, 3).join('.');
    expect(node('a')?.interfaces).toMatchObject([{ name: 'eth0', mac: card, mtu: 1400, state: 'up' }]);
    expect(node('a')?.interfaces[0]?.addresses[0]).toMatch(new RegExp(`^${base}\\.\\d+/${net?.split('/')[1]}$`));
    expect(node('b')?.interfaces).toMatchObject([
      { mac: expanded.actual['b:eth0'], addresses: [], mtu: null, state: 'down' },
    ]);
  });

  test('a node has the files, the lines of start and the profile that the file gives, and else nothing of that', () => {
    const address = node('a')?.interfaces[0]?.addresses[0]?.split('/')[0];
    expect(node('dns')).toMatchObject({
      profile: 'netns',
      files: [
        { path: '/etc/named/zone', content: `a A ${address}`, mode: '644' },
        { path: '/usr/local/bin/serve', content: 'exec sleep 100', mode: '755' },
      ],
      start: ['serve &'],
    });
    expect(node('a')).toMatchObject({ profile: 'host', files: [], start: [] });
  });

  test('a router forwards, a host does not, and a switch has a port for each cable', () => {
    expect(environment.nodes.map((it) => [it.name, it.kind, it.forwarding])).toEqual([
      ['a', 'host', false],
      ['b', 'host', false],
      ['dns', 'host', false],
      ['r', 'router', true],
      ['sw', 'switch', false],
    ]);
    expect(node('sw')?.interfaces.map((it) => it.name)).toEqual(['p1', 'p2', 'p3']);
    expect(node('r')?.routes).toMatchObject([{ to: 'default', dev: null }]);
    expect(environment.links[0]).toEqual({
      a: { node: 'a', interface: 'eth0' },
      b: { node: 'sw', interface: 'p1' },
    });
  });
});

describe('the questions', () => {
  const question = (id: string) => expanded.questions.find((it) => it.id === id);

  test('an answer has its truth and its near misses as sources', () => {
    const { who } = expanded.actual;
    expect(question('mac')).toMatchObject({
      kind: 'answer',
      truth: { from: 'look', look: { probe: 'interface', with: { name: 'eth0' }, node: who, field: null } },
      nearMisses: [{ from: 'value', value: 'ff:ff:ff:ff:ff:ff', because: 'that is everybody' }],
      nodes: [who],
    });
  });

  test('a choice is live or prose', () => {
    expect(question('pick')).toMatchObject({ options: { from: 'prose', list: [{ right: true }, { right: false }] } });
    expect(question('live')).toMatchObject({
      options: { from: 'live', count: 4, others: [{ node: '*' }] },
      nodes: ['a'],
    });
  });

  test('a task has checks with one expectation each, steps and near misses', () => {
    expect(question('task')).toMatchObject({
      after: ['mac'],
      break: [{ node: 'b', run: 'ip link set eth0 down' }],
      nodes: ['b', 'a'],
      checks: [
        { id: 'up', expect: { is: 'equals', value: true }, weight: 1, needs: [], deadline: null },
        { id: 'reply', expect: { is: 'at-least', value: 1 }, needs: ['up'], otherwise: 'no reply' },
      ],
      nearMisses: [{ insteadOf: 1, step: { node: 'b', run: 'true' }, fails: ['reply'] }],
    });
  });

  test('an info weighs nothing', () => {
    expect(question('note')).toMatchObject({ kind: 'info', weight: 0, text: `The network is ${net}.` });
  });
});

test('what was recorded makes the same lab again, whatever the seed says', () => {
  const again = expandLab(lab, 8, expanded.actual);
  expect(again).toEqual(expanded);
  expect(expandLab(lab, 8)).not.toEqual(expanded);
});

describe('a cluster', () => {
  const cluster = load('cluster');
  const topology = (seed: number, recorded = {}) => {
    const { environment } = expandLab(cluster, seed, recorded);
    if (environment.kind !== 'kubernetes') throw new Error('not a cluster');
    return environment;
  };

  test('has its nodes, and its ranges and addresses are in the texts', () => {
    const expanded = expandLab(cluster, 7);
    const { nodes, variant, dnsAddress } = topology(7);
    expect(nodes.map(({ name, role }) => [name, role])).toEqual([
      ['controlplane', 'control-plane'],
      ['node01', 'worker'],
    ]);
    expect(expanded.questions[0]?.text).toBe(
      `Pods are in ${variant.pods}, services in ${variant.services}, DNS is at ${dnsAddress}.`,
    );
    expect(expanded.questions[1]?.text).toContain(`at ${nodes[1]?.address}?`);
    expect(expanded.kernel).toContain('vxlan');
  });

  test('differs between seeds in its variant and its MACs', () => {
    const seen = Array.from({ length: 20 }, (_, seed) => topology(seed));
    expect(new Set(seen.map(({ variant }) => variant.name)).size).toBe(4);
    expect(new Set(seen.map(({ nodes }) => nodes[0]?.mac)).size).toBe(20);
  });

  test('that was recorded comes again, whatever the seed says', () => {
    const { actual } = expandLab(cluster, 7);
    expect(actual).toMatchObject({ 'cluster:variant': topology(7).variant.name });
    expect(topology(8, actual)).toEqual(topology(7));
  });
});

test('of an environment with engines one knows which nodes have one; the rest is as in any with cables', () => {
  const { environment } = expandLab(load('engine'), 7);
  if (environment.kind !== 'docker') throw new Error('no engines');
  expect(environment.nodes.map(({ name, engine }) => [name, engine ?? false])).toEqual([
    ['dock', true],
    ['guest', false],
    ['sw', false],
  ]);
  expect(environment.links).toHaveLength(2);
});
