import { count } from '../format.ts';
import { nodeKind } from './environment.ts';

// The drawing of a lab's nodes and cables.

export const topology = {
  heading: 'Topology',
  open: 'Show the topology',
  title: (nodes: string[]) => `${count(nodes.length, 'node', 'nodes')}: ${nodes.join(', ')}`,
  kinds: { ...nodeKind, gateway: 'gateway' },
  networks: 'Networks',
  network: (name: string) => ({ nodes: 'Nodes', pods: 'Pods', services: 'Services' })[name] ?? name,
  list: 'As a list',
  cable: (from: string, to: string) => `${from} to ${to}`,
};
