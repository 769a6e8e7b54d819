import { describe, expect, test } from 'vitest';
import { dnsProbe } from './dns.ts';
import { EngineDouble } from './docker/engineDouble.ts';
import { dockerProbe } from './docker.ts';
import { NodeDouble } from './nodeDouble.ts';
import { pingProbe } from './ping.ts';

const id = (letter: string) => letter.repeat(64);
const endpoint = (by: Partial<Record<string, string>> = {}) => ({
  NetworkID: id('a'),
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 16,
  MacAddress: '',
  ...by,
});
const web = {
  Id: id('1'),
  Names: ['/friend/alias', '/web'],
  Image: 'nginx',
  State: 'running',
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { PrivatePort: 443, Type: 'tcp' },
  ],
  NetworkSettings: {
    Networks: {
      bridge: endpoint({ IPAddress: '172.17.0.2', Gateway: '172.17.0.1', MacAddress: '02:42:ac:11:00:02' }),
      green: endpoint({ NetworkID: id('b'), IPAddress: '10.5.0.2', MacAddress: '02:42:0a:05:00:02' }),
    },
  },
};
const alone = {
  Id: id('2'),
  Names: ['/alone'],
  Image: 'busybox',
  State: 'running',
  Ports: null,
  NetworkSettings: { Networks: { none: endpoint({ NetworkID: id('c') }) } },
};
const old = {
  Id: id('3'),
  Names: ['/old'],
  Image: 'busybox',
  State: 'exited',
  NetworkSettings: { Networks: { bridge: endpoint({ MacAddress: '' }) } },
};
const networks = [
  {
    Id: id('a'),
    Name: 'bridge',
    Driver: 'bridge',
    Internal: false,
    IPAM: { Config: [{ Subnet: '172.17.0.0/16' }] },
    Options: { 'com.docker.network.bridge.name': 'docker0' },
  },
  {
    Id: id('b'),
    Name: 'green',
    Driver: 'bridge',
    Internal: true,
    IPAM: { Config: [{ Subnet: '10.5.0.0/24', Gateway: '10.5.0.1' }] },
    Options: {},
  },
  { Id: id('c'), Name: 'none', Driver: 'null', Internal: false, IPAM: { Config: [] }, Options: null },
];
const pid = (Pid: number) => ({ State: { Pid } });
const answers: Readonly<Record<string, unknown>> = {
  '/containers/json?all=1': [web, alone, old],
  '/networks': networks,
  [`/containers/${id('1')}/json`]: pid(70),
  [`/containers/${id('2')}/json`]: pid(80),
  [`/containers/${id('3')}/json`]: pid(0),
};
const process = (own: number, outerPid: number) => ({ pid: own, outerPid, comm: 'x', args: [], pod: null });
const link = (ifindex: number, ifname: string, address: string, link_index?: number) => ({
  ifindex,
  ifname,
  address,
  ...(link_index === undefined ? {} : { link_index }),
});

const node = (by: Readonly<Record<string, unknown>> = {}) =>
  new NodeDouble({
    name: 'dock',
    engine: new EngineDouble({ ...answers, ...by }),
    processes: [process(1, 900), process(70, 970), process(80, 980)],
    tools: {
      'ip -j link': JSON.stringify([
        link(9, 'vethc0ffee', 'ee:00:00:00:00:09', 8),
        link(12, 'vethbeef', 'ee:00:00:00:00:0c', 11),
      ]),
    },
    beside: {
      970: (command) =>
        command === 'ip -j link'
          ? JSON.stringify([
              link(1, 'lo', '00:00:00:00:00:00'),
              link(8, 'eth0', '02:42:ac:11:00:02', 9),
              link(11, 'eth1', '02:42:0a:05:00:02', 12),
            ])
          : command.startsWith('ping')
            ? '1 packets transmitted, 1 received'
            : ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\ndb. 600 IN A 10.5.0.3\n',
    },
  });
const reading = (params: unknown, by = {}) => dockerProbe.read(node(by), dockerProbe.params.parse(params));

test('a container in two networks is two rows, each with its card and the end of its cable on the node', async () =>
  expect(await reading({ name: 'web' })).toEqual([
    expect.objectContaining({
      name: 'web',
      image: 'nginx',
      state: 'running',
      network: 'bridge',
      bridge: 'docker0',
      subnet: '172.17.0.0/16',
      gateway: '172.17.0.1',
      address: '172.17.0.2',
      mac: '02:42:ac:11:00:02',
      veth: 'vethc0ffee',
      count: 2,
    }),
    expect.objectContaining({
      network: 'green',
      bridge: `br-${id('b').slice(0, 12)}`,
      internal: true,
      gateway: null,
      address: '10.5.0.2',
      veth: 'vethbeef',
    }),
  ]));

test('one without a network has neither address nor cable, and is there', async () =>
  expect(await reading({ name: 'alone' })).toEqual([
    expect.objectContaining({ network: 'none', driver: 'null', address: null, mac: null, veth: null, subnet: null }),
  ]));

test('one that has ended is there, and has no cable', async () =>
  expect(await reading({ name: 'old' })).toEqual([
    expect.objectContaining({ state: 'exited', address: null, veth: null }),
  ]));

test('who is in a network', async () => {
  expect((await reading({ network: 'bridge' })).map(({ name }) => name)).toEqual(['old', 'web']);
  expect(await reading({ network: 'blue' })).toEqual([]);
  expect(await reading({ name: 'web', network: 'none' })).toEqual([]);
});

test('networks', async () => {
  expect(await reading({ list: 'networks', name: 'bridge' })).toEqual([
    expect.objectContaining({
      name: 'bridge',
      driver: 'bridge',
      bridge: 'docker0',
      gateway: '172.17.0.1',
      containers: 1,
    }),
  ]);
  expect((await reading({ list: 'networks', driver: 'null' })).map(({ name }) => name)).toEqual(['none']);
  expect(await reading({ list: 'networks' })).toHaveLength(3);
});

test('a port that is only said to be of use is not published', async () =>
  expect(await reading({ list: 'ports' })).toEqual([
    expect.objectContaining({
      name: 'web',
      port: 80,
      protocol: 'tcp',
      'host-port': 8080,
      'host-ip': '0.0.0.0',
      count: 1,
    }),
  ]));

test('a container that is removed while it is read is no fault', async () => {
  expect(await reading({ name: 'web' }, { [`/containers/${id('1')}/json`]: null })).toMatchObject([
    { veth: null },
    { veth: null },
  ]);
});

describe('what is a fault of ours, or of nobody', () => {
  test.each([
    ['words', 'Internal Server Error'],
    ['an object', { message: 'no' }],
    ['containers of another shape', [{ Id: 'x' }]],
    ['nothing', null],
  ])('%s in place of containers', async (_, answer) =>
    expect(reading({}, { '/containers/json?all=1': answer })).rejects.toMatchObject({
      code: 'probe-failed',
      hint: expect.stringContaining('not your mistake'),
    }),
  );
  test('where there is no engine the lab is wrong', async () =>
    expect(dockerProbe.read(new NodeDouble({}), dockerProbe.params.parse({}))).rejects.toMatchObject({
      code: 'lab-invalid',
    }));
});

describe('from the network of a container', () => {
  test('ping', async () => {
    const from = (container: string) => pingProbe.read(node(), pingProbe.params.parse({ to: '10.5.0.3', container }));
    expect(await from('web')).toEqual([{ received: 1, transmitted: 1 }]);
    expect(await from('old')).toEqual([]);
    expect(await from('nobody')).toEqual([]);
  });
  test('dns', async () => {
    const from = (name: string) =>
      dnsProbe.read(node(), dnsProbe.params.parse({ from: 'container', name, ask: 'db', server: '127.0.0.11' }));
    expect(await from('web')).toMatchObject([{ value: '10.5.0.3', status: 'NOERROR' }]);
    expect(await from('old')).toEqual([]);
  });
});
