import { expect, test } from 'vitest';
import { NodeDouble } from './nodeDouble.ts';
import { socketProbe } from './socket.ts';

// As iproute2 6.1 prints them.
const heading = 'State  Recv-Q Send-Q  Local Address:Port Peer Address:Port Process\n';
const listening = `${heading}LISTEN 0      4096       127.0.0.1:10259      0.0.0.0:*    users:(("kube-scheduler",pid=1501,fd=3))
LISTEN 0      4096       127.0.0.1:2379       0.0.0.0:*    users:(("etcd",pid=1480,fd=8))
LISTEN 0      4096     172.30.1.8:2379       0.0.0.0:*    users:(("etcd",pid=1480,fd=9))
LISTEN 0      4096     172.30.1.8:2380       0.0.0.0:*    users:(("etcd",pid=1480,fd=7))
LISTEN 0      4096   127.0.0.53%lo:53         0.0.0.0:*
LISTEN 0      4096               *:6443             *:*    users:(("kube-apiserver",pid=1490,fd=3))
LISTEN 0      128             [::]:22            [::]:*    users:(("sshd",pid=101,fd=4),("systemd",pid=1,fd=50))
`;
const established = `Recv-Q Send-Q Local Address:Port Peer Address:Port Process
0      0       127.0.0.1:2379       127.0.0.1:40002    users:(("etcd",pid=1480,fd=30))
0      0       127.0.0.1:2379       127.0.0.1:40004    users:(("etcd",pid=1480,fd=31))
0      0      172.30.1.8:2380      172.30.1.9:40006    users:(("etcd",pid=1480,fd=32))
0      0       127.0.0.1:51000      127.0.0.1:2379     users:(("etcd",pid=1480,fd=12))
0      0       127.0.0.1:51002      127.0.0.1:2379     users:(("etcd",pid=1480,fd=13))
0      0       127.0.0.1:51004      127.0.0.1:2379     users:(("etcd",pid=1480,fd=14))
0      0       127.0.0.1:40002      127.0.0.1:2379     users:(("kube-apiserver",pid=1490,fd=80))
0      0      [::ffff:172.30.1.8]:6443 [::ffff:172.30.1.9]:50100 users:(("kube-apiserver",pid=1490,fd=81))
`;
const node = (tools = {}) =>
  new NodeDouble({
    tools: { 'ss -n -p -t -l': listening, 'ss -n -p -t state established': established, ...tools },
  });
const read = (params: unknown, on = node()) => socketProbe.read(on, socketProbe.params.parse(params));

test('where a process listens, with every field', async () =>
  expect(await read({ process: 'kube-scheduler' })).toEqual([
    { port: 10259, local: '127.0.0.1', process: 'kube-scheduler', peer: null, 'peer-port': null, count: 1 },
  ]));
test('any address is none; a name beside the address is left out; the kernel has no name', async () => {
  expect(await read({ port: 6443 })).toMatchObject([{ local: null }]);
  expect(await read({ port: 22 })).toMatchObject([{ local: null, process: 'sshd' }]);
  expect(await read({ port: 53 })).toMatchObject([{ local: '127.0.0.53', process: null }]);
});
test('a name that is longer than the kernel keeps', async () =>
  expect(await read({ process: 'kube-scheduler-of-mine' }, node())).toEqual([]));
test('connections with their other end', async () =>
  expect((await read({ process: 'kube-apiserver', state: 'established', port: 6443 }))[0]).toMatchObject({
    local: '172.30.1.8',
    peer: '172.30.1.9',
    'peer-port': 50100,
  }));
test('the port to which most connections come, and not those that the process itself opens', async () => {
  const rows = await read({ process: 'etcd', state: 'established', busiest: true });
  expect(rows.map(({ port, count }) => [port, count])).toEqual([
    [2379, 2],
    [2379, 2],
  ]);
});
test('none is no row', async () => expect(await read({ process: 'nginx' })).toEqual([]));
test('nobody connected', async () =>
  expect(
    await read(
      { process: 'etcd', state: 'established', busiest: true },
      node({ 'ss -n -p -t state established': heading }),
    ),
  ).toEqual([]));
test('udp', async () => expect(await read({ protocol: 'udp' }, node({ 'ss -n -p -u -l': heading }))).toEqual([]));
test('sockets without any name mean that ours may not see them', async () => {
  const blind = node({
    'ss -n -p -t -l': `${heading}LISTEN 0 1 0.0.0.0:80 0.0.0.0:*\nLISTEN 0 1 0.0.0.0:81 0.0.0.0:*\n`,
  });
  await expect(read({ process: 'nginx' }, blind)).rejects.toMatchObject({ code: 'probe-failed' });
});
