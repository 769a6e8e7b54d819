import { expect, test } from 'vitest';
import { NodeDouble } from './nodeDouble.ts';
import { sysctlProbe } from './sysctl.ts';

const read = (name: string, tools: ConstructorParameters<typeof NodeDouble>[0]['tools']) =>
  sysctlProbe.read(new NodeDouble({ tools }), sysctlProbe.params.parse({ name }));

test('a number', async () =>
  expect(await read('net.ipv4.ip_forward', { 'cat /proc/sys/net/ipv4/ip_forward': '1\n' })).toEqual([{ value: '1' }]));
test('several numbers', async () =>
  expect(
    await read('net.ipv4.ip_local_port_range', { 'cat /proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n' }),
  ).toEqual([{ value: '32768 60999' }]));
test('an interface with a dot in its name', async () =>
  expect(
    await read('net/ipv4/conf/eth0.5/forwarding', { 'cat /proc/sys/net/ipv4/conf/eth0.5/forwarding': '0\n' }),
  ).toEqual([{ value: '0' }]));
test('one that is not there is no row', async () =>
  expect(
    await read('net.ipv4.conf.eth9.forwarding', {
      'cat /proc/sys/net/ipv4/conf/eth9/forwarding': {
        exit: 1,
        stderr: 'cat: /proc/sys/net/ipv4/conf/eth9/forwarding: No such file or directory\n',
      },
    }),
  ).toEqual([]));
test.each([
  { exit: 1, stderr: 'cat: /proc/sys/net/ipv4/ip_forward: Permission denied' },
  { exit: 0, stdout: '' },
])('$exit $stderr is a fault of ours', async (answer) =>
  expect(read('net.ipv4.ip_forward', () => answer)).rejects.toMatchObject({ code: 'probe-failed' }),
);

test.each([
  'kernel.hostname',
  'net',
  'net..ipv4',
  'net/../kernel/hostname',
  '/etc/passwd',
  'net.ipv4.ip_forward ',
  'net/./x',
  '',
])('%j cannot be asked for', (name) => expect(sysctlProbe.params.safeParse({ name }).success).toBe(false));
