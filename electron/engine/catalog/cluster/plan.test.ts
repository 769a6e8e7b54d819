import { describe, expect, test } from 'vitest';
import { isMac } from '../mac.ts';
import { overlap, parseSubnet, type Subnet } from '../subnet.ts';
import { MOST_NODES, nodeNames, planCluster } from './plan.ts';
import { variants } from './variants.ts';

const subnet = (cidr: string): Subnet => {
  const parsed = parseSubnet(cidr);
  if (!parsed) throw new Error(cidr);
  return parsed;
};

const planned = (seed: number, count = 2) => planCluster({ seed, lab: 'some-lab', count }).plan;

describe('variants', () => {
  test('are four or more, each of three networks that do not overlap', () => {
    expect(variants.length).toBeGreaterThanOrEqual(4);
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    for (const { nodes, pods, services } of variants) {
      expect(overlap(subnet(nodes), subnet(pods))).toBe(false);
      expect(overlap(subnet(nodes), subnet(services))).toBe(false);
      expect(overlap(subnet(pods), subnet(services))).toBe(false);
    }
  });

  test('hold no range that one knows by heart or that others use', () => {
    const known = [
      ...['10.244.0.0/16', '10.96.0.0/12', '10.42.0.0/15', '10.32.0.0/12', '10.8.0.0/16', '10.0.0.0/15'],
      ...['172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
    ];
    for (const { nodes, pods, services } of variants)
      for (const range of [nodes, pods, services])
        for (const other of known) expect(overlap(subnet(range), subnet(other)), `${range} ${other}`).toBe(false);
  });

  test('have room for every node and for its pods', () => {
    for (const { nodes, firstNode, pods } of variants) {
      expect(firstNode + MOST_NODES).toBeLessThan(2 ** (32 - subnet(nodes).prefix) - 1);
      expect(firstNode).toBeGreaterThan(1);
      expect(2 ** (24 - subnet(pods).prefix)).toBeGreaterThanOrEqual(MOST_NODES);
    }
  });
});

describe('planCluster', () => {
  test('names the nodes as kubeadm users do', () => {
    expect(nodeNames(3)).toEqual(['controlplane', 'node01', 'node02']);
    expect(planned(1, 5).nodes.map(({ role }) => role)).toEqual(['control-plane', ...Array(4).fill('worker')]);
  });

  test('is the same for the same seed, and its MACs differ between seeds', () => {
    expect(planned(7)).toEqual(planned(7));
    expect(planned(7).nodes[0]?.mac).not.toBe(planned(8).nodes[0]?.mac);
  });

  test('uses every variant over twenty seeds', () => {
    const seen = new Set(Array.from({ length: 20 }, (_, seed) => planned(seed).variant.name));
    expect(seen.size).toBe(variants.length);
  });

  test('gives nodes addresses of their subnet and MACs of their own', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { nodes, gateway, variant } = planned(seed, 5);
      const addresses = [gateway.address, ...nodes.map(({ address }) => address)];
      const macs = [gateway.mac, ...nodes.map(({ mac }) => mac)];
      expect(new Set(addresses).size).toBe(6);
      expect(new Set(macs).size).toBe(6);
      expect(macs.every(isMac)).toBe(true);
      for (const address of addresses)
        expect(overlap(subnet(`${address}/32`), subnet(variant.nodes)), address).toBe(true);
    }
  });

  test('knows the cluster’s own addresses', () => {
    const { plan } = planCluster({ seed: 1, lab: 'x', count: 1 }, { 'cluster:variant': 'amber' });
    expect(plan).toMatchObject({ dnsAddress: '10.208.0.10', apiServiceAddress: '10.208.0.1' });
    expect(plan.gateway.address).toBe('10.153.20.1');
    expect(plan.nodes[0]?.address).toBe('10.153.20.11');
  });

  test('comes out again from what was recorded', () => {
    const { plan, actual } = planCluster({ seed: 5, lab: 'x', count: 2 });
    expect(planCluster({ seed: 99, lab: 'other', count: 2 }, actual).plan).toEqual(plan);
  });
});
