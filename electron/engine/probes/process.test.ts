import { describe, expect, test } from 'vitest';
import { flagValues } from './flags.ts';
import { NodeDouble } from './nodeDouble.ts';
import { processProbe } from './process.ts';

const manager = ['kube-controller-manager', '--cluster-cidr=10.50.0.0/17', '--leader-elect', '--v', '2'];
const node = new NodeDouble({
  processes: [
    { pid: 1, outerPid: 900, comm: 'systemd', args: ['/sbin/init'], pod: null },
    { pid: 70, outerPid: 970, comm: 'kubelet', args: ['/usr/bin/kubelet', '--config=/a', '--config=/b'], pod: null },
    { pid: 90, outerPid: 990, comm: 'kube-controller', args: manager, pod: 'f00' },
    { pid: 91, outerPid: 991, comm: 'nginx', args: ['nginx: master process nginx -g daemon off;'], pod: 'b00' },
    { pid: 92, outerPid: 992, comm: 'sleep', args: [], pod: null },
  ],
});
const read = (params: unknown) => processProbe.read(node, processProbe.params.parse(params));

test('one by the name of its program, with every field', async () =>
  expect(await read({ name: 'kube-controller-manager', flag: '--cluster-cidr' })).toEqual([
    {
      pid: 90,
      name: 'kube-controller-manager',
      path: 'kube-controller-manager',
      command: manager.join(' '),
      value: '10.50.0.0/17',
      'in-pod': true,
      count: 1,
    },
  ]));
test('a flag that is there twice has its last value, one that is not there none', async () => {
  expect((await read({ name: 'kubelet', flag: 'config' }))[0]?.value).toBe('/b');
  expect((await read({ name: 'kubelet', flag: 'node-ip' }))[0]?.value).toBeNull();
});
test('by what it calls itself, and while it is ending', async () => {
  expect(await read({ name: 'nginx' })).toMatchObject([{ pid: 91, name: 'nginx:' }]);
  expect(await read({ name: 'sleep' })).toMatchObject([{ pid: 92, name: 'sleep', path: null }]);
});
test('one that does not run is no row, and no fault', async () => expect(await read({ name: 'etcd' })).toEqual([]));

describe('flags', () => {
  test.each([
    ['cluster-cidr', ['10.50.0.0/17']],
    ['leader-elect', ['true']],
    ['v', ['2']],
    ['cluster', []],
  ])('%s', (flag, values) => expect(flagValues(manager, flag)).toEqual(values));
  test('one hyphen is enough', () =>
    expect(flagValues(['x', '-conf', '/etc/coredns/Corefile'], 'conf')).toHaveLength(1));
});
