import { expect, test } from 'vitest';
import { planCluster } from '../../catalog/cluster/plan.ts';
import { clusterWiring, portName, uncabledScript } from './wiring.ts';

const { plan } = planCluster({ seed: 1, lab: 'x', count: 3 }, { 'cluster:variant': 'birch' });
const all = new Map([
  ['controlplane', 101],
  ['node01', 102],
  ['node02', 103],
]);

test('every node gets a cable with its own MAC, address and way out', () => {
  const script = clusterWiring(plan, { gateway: 99, nodes: all });
  for (const { name, mac, address } of plan.nodes) {
    expect(script).toContain(`address ${mac} netns ${all.get(name)}`);
    expect(script).toContain(`peer name p-${name} `);
    expect(script).toContain(`address replace ${address}/26 brd + dev eth0`);
  }
  expect(script.match(/route replace default via 10\.77\.6\.65/g)).toHaveLength(3);
  expect(script.match(/master br0 up/g)).toHaveLength(3);
});

test('the two ends of a cable never have the same index, nor two ports', () => {
  const script = clusterWiring(plan, { gateway: 99, nodes: all });
  const pairs = [...script.matchAll(/name eth0 index (\d+).* index (\d+) netns 99/g)].map(([, a, b]) => [a, b]);
  expect(pairs).toHaveLength(3);
  for (const [a, b] of pairs) expect(a).not.toBe(b);
  expect(new Set(pairs.map(([, port]) => port)).size).toBe(3);
});

test('only the nodes that are given are linked, with the same numbers as ever', () => {
  const script = clusterWiring(plan, { gateway: 99, nodes: new Map([['node02', 203]]) });
  expect(script).toContain('peer name p-node02 index 23 netns 99');
  expect(script).not.toContain('node01');
});

test('names of ports fit into an interface’s name', () => {
  for (const { name } of plan.nodes) expect(portName(name).length).toBeLessThanOrEqual(15);
});

test('asks each node for its cable', () => {
  expect(uncabledScript(all).split('\n')).toHaveLength(3);
});
