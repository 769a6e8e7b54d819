import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExpandedNode, HostsTopology } from '../../catalog/expanded.ts';
import { label } from '../../docker/labels.ts';
import { type RealNodes, realNodes } from '../../grading/realNodes.ts';
import { bareNode } from './bareNode.ts';

const node = (name: string, some: Partial<ExpandedNode>): ExpandedNode => ({
  ...bareNode,
  name,
  kind: 'host',
  forwarding: false,
  hosts: [],
  routes: [],
  interfaces: [],
  ...some,
});

/** `server` leaves a program behind that answers, and counts how often it was started. */
const topology: HostsTopology = {
  kind: 'hosts',
  nodes: [
    node('server', {
      interfaces: [{ name: 'eth0', mac: '02:11:22:33:44:01', addresses: ['10.7.9.1/24'], mtu: null, state: 'up' }],
      files: [
        { path: '/srv/deep/er/greeting', content: "it's `here`\n\n", mode: '600' },
        { path: '/usr/local/bin/answer', content: '#!/bin/sh\ncat /srv/deep/er/greeting\n', mode: '755' },
        { path: '/etc/resolv.conf', content: 'nameserver 10.7.9.53\n', mode: '644' },
      ],
      start: [
        'echo started >> /srv/starts',
        // The address is there already when it runs; the loop has no program of its own to hide behind.
        '(while :; do answer | nc -N -l 10.7.9.1 700; done) &',
      ],
    }),
    node('client', {
      profile: 'netns',
      interfaces: [{ name: 'eth0', mac: '02:11:22:33:44:02', addresses: ['10.7.9.2/24'], mtu: null, state: 'up' }],
    }),
  ],
  links: [{ a: { node: 'server', interface: 'eth0' }, b: { node: 'client', interface: 'eth0' } }],
};

let nodes: RealNodes;
beforeAll(async () => {
  nodes = await realNodes('equipment', topology);
});
afterAll(() => nodes?.close());

describe('what a lab puts on a node', () => {
  test('is there before anybody is: files as they were written, programs on links that stand', async () => {
    expect(await nodes.type('server', 'stat -c %a /srv/deep/er/greeting /usr/local/bin/answer')).toBe('600\n755\n');
    expect(await nodes.type('server', 'cat /srv/deep/er/greeting')).toBe("it's `here`\n\n");
    expect(await nodes.type('server', 'cat /etc/resolv.conf')).toBe('nameserver 10.7.9.53\n');
    expect(await nodes.type('client', 'nc -w 2 10.7.9.1 700')).toBe("it's `here`\n\n");
  });

  test('leaves no trace of how it came there', async () => {
    const seen = await nodes.type('server', 'ps axww; ls -A /tmp; cat /root/.bash_history 2>/dev/null; true');
    expect(seen).not.toMatch(/while|started|resolv|greeting/);
  });

  test('runs again when the node is started again, and what the learner made of its files stays', async () => {
    await nodes.type('server', 'echo mine > /srv/deep/er/greeting');
    const stop = new AbortController();
    await nodes.docker.watch(
      { [label.owner]: nodes.owner },
      (event) => void nodes.environment.onContainer(event),
      stop.signal,
      () => undefined,
    );
    const [id] = [nodes.containers.server ?? ''];
    await nodes.docker.shutDown(id, 0);
    await expect.poll(() => nodes.environment.stopped).toEqual(['server']);
    await nodes.docker.start(id);
    await expect.poll(() => nodes.environment.stopped, { timeout: 15_000 }).toEqual([]);
    stop.abort();
    expect(await nodes.type('server', 'cat /srv/starts /etc/resolv.conf')).toBe(
      'started\nstarted\nnameserver 10.7.9.53\n',
    );
    expect(await nodes.type('client', 'nc -w 2 10.7.9.1 700')).toBe('mine\n');
  });

  test('a line that fails is told with its node, the line and what it printed', async () => {
    await expect(
      nodes.environment.runUnseen('server', ['true', 'ls /nowhere', 'touch /srv/never']),
    ).rejects.toMatchObject({
      code: 'environment-failed',
      message: expect.stringMatching(/^On server `ls \/nowhere` ended with 2: .*No such file/),
    });
    expect(await nodes.type('server', 'ls /srv')).not.toContain('never');
  });

  test('a start with such a line fails, and leaves nothing behind', async () => {
    const broken = { ...topology, nodes: [node('server', { start: ['false'] })], links: [] };
    await expect(realNodes('equipment-broken', broken)).rejects.toMatchObject({
      message: 'On server `false` ended with 1.',
      data: { node: 'server', command: 'false' },
    });
  });
});

describe('a node of profile netns', () => {
  test('makes network namespaces, enters them and puts one end of a cable there', async () => {
    const lines = [
      'ip netns add red',
      'ip netns exec red ip link set lo up',
      'ip link add v0 type veth peer name v1 netns red',
      'ip netns exec red sysctl -qw net.ipv4.ip_forward=1',
      'ip netns exec red sleep 60 & sleep 0.2; nsenter -t $! -n ip -br link show v1; kill $!',
      'ip netns del red; ip netns list',
    ];
    expect(await nodes.type('client', lines.join(' && '))).toMatch(/^v1@\S+\s+DOWN .*\n$/);
    expect(await nodes.type('client', 'cat /proc/sys/net/ipv4/ip_forward')).toBe('0\n');
  });

  test('one of profile host does not', async () => {
    await expect(nodes.type('server', 'ip netns add red')).rejects.toThrow(/Operation not permitted/);
  });
});
