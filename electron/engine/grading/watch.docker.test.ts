import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedCheck } from '../catalog/expanded.ts';
import { type RealNodes, realNodes } from './realNodes.ts';
import { checkOf, lookAt, taskOf } from './samples.ts';
import { Watcher } from './watch.ts';

let nodes: RealNodes;
beforeAll(async () => {
  nodes = await realNodes('watch');
  // The monitors listen when a change on each node is heard.
  const heard = new Set<string>();
  const unsubscribe = nodes.environment.onChange(({ node }) => heard.add(node));
  for (const name of nodes.environment.nodeNames)
    await vi.waitUntil(
      async () => {
        await nodes.environment
          .node(name)
          .net(['ip', 'neigh', 'replace', '127.0.0.9', 'lladdr', '02:00:00:00:00:09', 'dev', 'lo']);
        return heard.has(name);
      },
      { timeout: 10_000 },
    );
  unsubscribe();
}, 600_000);
afterAll(() => nodes?.close());

const until = async (holds: () => boolean, limitMs: number): Promise<number> => {
  const began = performance.now();
  while (!holds()) {
    if (performance.now() - began > limitMs) throw new Error(`It did not come about within ${limitMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return performance.now() - began;
};

/** What is watched, and the command on a node that makes it so. */
const changes: [string, ExpandedCheck, string, string][] = [
  [
    'a link',
    checkOf({ look: lookAt('interface', { name: 'eth0' }, 'mtu', 'b'), expect: { is: 'equals', value: 1300 } }),
    'b',
    'ip link set eth0 mtu 1300',
  ],
  [
    'an address',
    checkOf({ look: lookAt('address', {}, 'local'), expect: { is: 'equals', value: '10.7.1.50' } }),
    'a',
    'ip addr add 10.7.1.50/24 dev eth0',
  ],
  [
    'a route',
    checkOf({ look: lookAt('route', { to: '10.44.0.1' }, 'gateway'), expect: { is: 'equals', value: '10.7.1.9' } }),
    'a',
    'ip route add 10.44.0.0/16 via 10.7.1.9',
  ],
  [
    'a neighbour',
    checkOf({ look: lookAt('neighbour', { to: '10.7.1.9' }), expect: { is: 'equals', value: '02:00:00:00:00:09' } }),
    'a',
    'ip neigh replace 10.7.1.9 lladdr 02:00:00:00:00:09 dev eth0',
  ],
  [
    'a bridge port',
    checkOf({ look: lookAt('bridge', { port: 'port1' }, 'state', 'sw'), expect: { is: 'equals', value: 'disabled' } }),
    'sw',
    'ip link set port1 down',
  ],
  [
    'a learned MAC address',
    checkOf({
      look: lookAt('bridge', { mac: '02:00:00:00:00:0c' }, 'ifname', 'sw'),
      expect: { is: 'equals', value: 'port2' },
    }),
    'sw',
    'bridge fdb add 02:00:00:00:00:0c dev port2 master static',
  ],
  [
    'forwarding',
    checkOf({ look: lookAt('sysctl', { name: 'net.ipv4.ip_forward' }, null, 'b'), expect: { is: 'equals', value: 1 } }),
    'b',
    'sysctl -q -w net.ipv4.ip_forward=1',
  ],
];

test.each(changes)('%s: its tick comes on by itself', async (_, check, node, command) => {
  const told: Outcome[] = [];
  const watcher = new Watcher(nodes.environment, [taskOf([check])], (outcome) => told.push(outcome));
  watcher.open('question');
  try {
    await until(() => told.length > 0, 3000);
    expect(told.at(-1)?.verdict).toBe('fail');
    const changed = nodes.environment.node(node).net(command.split(' '));
    const took = await until(() => told.at(-1)?.verdict === 'pass', 15_000);
    expect(await changed).toMatchObject({ exit: 0 });
    console.log(`${Math.round(took)} ms from the command to the tick: ${command}`);
    expect(took).toBeLessThan(15_000);
  } finally {
    watcher.close();
  }
});
