import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testOwner } from '../../../../resources/setup/test-session.mjs';
import type { Agent } from '../../agent/agent.ts';
import { connectAgent } from '../../agent/connect.ts';
import type { HostsTopology } from '../../catalog/expanded.ts';
import type { DockerConnection } from '../../docker/connect.ts';
import { prepareImages } from '../../docker/images/prepareImages.ts';
import { imageReference } from '../../docker/images/table.ts';
import { label } from '../../docker/labels.ts';
import { reachDocker } from '../../docker/reachDocker.ts';
import { unseenStep } from '../../progress/stepList.ts';
import { bareNode } from './bareNode.ts';
import type { HostsEnvironment } from './hostsEnvironment.ts';
import { Pool } from './pool.ts';
import { HostsProvider } from './provider.ts';

const owner = testOwner('hosts');
const kind = { owner, image: imageReference('host'), version: 'test', profile: 'host' as const };
let docker: DockerConnection;
let agent: Agent;
let pool: Pool;
let provider: HostsProvider;

const card = (last: string) => `02:11:22:33:44:${last}`;
const topology: HostsTopology = {
  kind: 'hosts',
  nodes: [
    {
      ...bareNode,
      name: 'a',
      kind: 'host',
      forwarding: false,
      hosts: [],
      routes: [{ to: 'default', via: '10.7.1.1', dev: null, metric: null }],
      interfaces: [{ name: 'eth0', mac: card('0a'), addresses: ['10.7.1.10/24'], mtu: 1400, state: 'up' }],
    },
    {
      ...bareNode,
      name: 'b',
      kind: 'host',
      forwarding: false,
      hosts: [{ address: '10.7.1.10', name: 'files' }],
      routes: [{ to: '10.7.1.0/24', via: '10.7.2.1', dev: null, metric: null }],
      interfaces: [
        { name: 'eth0', mac: card('0b'), addresses: ['10.7.2.10/24', 'fd00:7::b/64'], mtu: null, state: 'up' },
      ],
    },
    {
      ...bareNode,
      name: 'r',
      kind: 'router',
      forwarding: true,
      hosts: [],
      routes: [],
      interfaces: [
        { name: 'eth0', mac: card('01'), addresses: ['10.7.1.1/24'], mtu: null, state: 'up' },
        { name: 'eth1', mac: card('02'), addresses: ['10.7.2.1/24'], mtu: null, state: 'up' },
      ],
    },
    {
      ...bareNode,
      name: 'sw',
      kind: 'switch',
      forwarding: false,
      hosts: [],
      routes: [],
      interfaces: [
        { name: 'port1', mac: card('f1'), addresses: [], mtu: null, state: 'up' },
        { name: 'port2', mac: card('f2'), addresses: [], mtu: null, state: 'up' },
      ],
    },
  ],
  links: [
    { a: { node: 'a', interface: 'eth0' }, b: { node: 'sw', interface: 'port1' } },
    { a: { node: 'r', interface: 'eth0' }, b: { node: 'sw', interface: 'port2' } },
    { a: { node: 'r', interface: 'eth1' }, b: { node: 'b', interface: 'eth0' } },
  ],
};

beforeAll(async () => {
  docker = await reachDocker();
  await prepareImages(docker, () => undefined);
  agent = connectAgent({ docker, image: kind.image, owner, version: 'test' });
  pool = new Pool(docker, agent, kind, () => undefined);
  provider = new HostsProvider(docker, agent, pool);
});

afterAll(async () => {
  await pool.drain();
  agent.close();
  for (const container of await docker.list({ [label.owner]: owner })) await docker.remove(container.id);
  docker.close();
});

const start = async (run: string) => {
  const containers: Record<string, string> = {};
  const environment = await provider.start({
    run: `${owner}-${run}`,
    topology,
    signal: new AbortController().signal,
    step: (_, work) => work(unseenStep),
    adopt: async (adopted) => void Object.assign(containers, adopted),
  });
  return { environment, containers };
};

const ping = async (environment: HostsEnvironment, from: string, to: string) =>
  (await environment.node(from).net(['ping', '-c', '1', '-W', '1', to])).exit === 0;

describe('a hosts environment', () => {
  test('has the names, MACs, addresses and links of its lab, and packets really go through switch and router', async () => {
    const { environment, containers } = await start('real');
    const [eth0] = JSON.parse((await environment.node('a').net(['ip', '-j', 'addr', 'show', 'eth0'])).stdout);
    expect(eth0).toMatchObject({ ifname: 'eth0', address: card('0a'), mtu: 1400, operstate: 'UP' });
    expect(eth0.addr_info.find((each: { family: string }) => each.family === 'inet')).toMatchObject({
      local: '10.7.1.10',
      prefixlen: 24,
    });
    expect(await ping(environment, 'a', '10.7.2.10')).toBe(true);
    expect((await environment.node('b').uts(['hostname'])).stdout.trim()).toBe('b');
    expect(Buffer.from((await environment.node('b').file('/etc/hosts')) ?? '').toString()).toContain('10.7.1.10 files');
    expect((await environment.node('sw').exec(['hostname'], { deadlineMs: 2000 })).stdout.trim()).toBe('sw');
    expect(
      (await environment.node('b').exec(['sysctl', '-w', 'net.ipv4.ip_forward=1'], { deadlineMs: 2000 })).exit,
    ).toBe(0);
    environment.close();
    await provider.destroy(Object.values(containers));
    expect(await docker.inspect(containers.a ?? '')).toBeNull();
  });

  test('from the pool is the same, and two of them do not see each other', async () => {
    await pool.fill(4);
    expect(pool.standing).toBe(4);
    const began = performance.now();
    const first = await start('pooled');
    console.log(`from the pool in ${Math.round(performance.now() - began)} ms`);
    const second = await start('fresh');
    expect(await ping(first.environment, 'a', '10.7.2.10')).toBe(true);
    await first.environment.node('b').net(['ip', 'link', 'set', 'eth0', 'down']);
    expect(await ping(first.environment, 'a', '10.7.2.10')).toBe(false);
    expect(await ping(second.environment, 'a', '10.7.2.10')).toBe(true);
    for (const each of [first, second]) {
      each.environment.close();
      await provider.destroy(Object.values(each.containers));
    }
  });

  test('tells a change of the network, and gives a restarted node its links back', async () => {
    const { environment, containers } = await start('watched');
    const heard: { node: string; at: number }[] = [];
    environment.onChange((change) => heard.push({ node: change.node, at: performance.now() }));
    await expect
      .poll(
        async () => {
          // The monitors are up when a change is heard at all.
          await environment.node('a').net(['ip', 'route', 'replace', '10.99.0.0/24', 'via', '10.7.1.1']);
          return heard.length;
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0);
    heard.length = 0;
    const began = performance.now();
    await environment.node('b').net(['ip', 'route', 'add', '10.98.0.0/24', 'via', '10.7.2.1']);
    await expect.poll(() => heard.some((change) => change.node === 'b'), { interval: 5 }).toBe(true);
    expect(performance.now() - began).toBeLessThan(15_000);

    const stop = new AbortController();
    await docker.watch(
      { [label.owner]: owner },
      (event) => void environment.onContainer(event),
      stop.signal,
      () => undefined,
    );
    await docker.execToEnd(containers.r ?? '', ['kill', '1'], { deadlineMs: 3000 }).catch(() => undefined);
    await expect.poll(() => environment.stopped).toEqual(['r']);
    await expect(environment.node('r').net(['true'])).rejects.toMatchObject({ code: 'node-stopped' });
    await provider.mend(environment);
    expect(await ping(environment, 'a', '10.7.2.10')).toBe(true);
    stop.abort();
    environment.close();
    await provider.destroy(Object.values(containers));
  });

  test('is found again by another engine', async () => {
    const { environment, containers } = await start('resumed');
    environment.close();
    const again = await provider.resume(`${owner}-resumed`, topology, containers);
    expect(await ping(again, 'a', '10.7.2.10')).toBe(true);
    again.close();
    await provider.destroy(Object.values(containers));
  });
});

describe('the agent', () => {
  test('ends what takes too long, says when a tool is missing, and comes back after it was killed', async () => {
    await expect(agent.run('sleep 5', { deadlineMs: 100 })).rejects.toMatchObject({ code: 'probe-timeout' });
    await expect(agent.run('no-such-tool')).rejects.toMatchObject({ code: 'agent-failed' });
    const big = await agent.run('head -c 1000000 /dev/zero | tr "\\0" x');
    expect(big.stdout).toHaveLength(1_000_000);
    // Awaited only afterwards: it is rejected while the container is still being removed.
    const waiting = expect(agent.run('sleep 3', { deadlineMs: 5000 })).rejects.toMatchObject({ code: 'agent-failed' });
    await docker.remove(`patchbay-agent-${owner}`);
    await waiting;
    expect((await agent.run('echo back')).stdout).toBe('back\n');
  });
});
