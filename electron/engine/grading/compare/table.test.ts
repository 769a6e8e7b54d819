import { describe, expect, test } from 'vitest';
import type { ValueType } from '../../probes/probe.ts';
import { canonical, readers } from './table.ts';

/** Each row: the truth as a probe reads it, what means the same, what is another value, and what is no such value at all. */
const table: Record<
  ValueType,
  { truth: string | number | boolean; same: string[]; other: string[]; unreadable: string[] }
> = {
  text: {
    truth: 'hello there',
    same: ['hello there', '  hello   there ', 'hello\tthere\n'],
    other: ['Hello there', 'hello', 'hellothere', ''],
    unreadable: [],
  },
  mac: {
    truth: '02:0a:00:00:00:1f',
    same: [
      '02:0A:00:00:00:1F',
      '02-0a-00-00-00-1f',
      '020a.0000.001f',
      '020A0000001F',
      ' 02:0a:00:00:00:1f\n',
      '"02:0a:00:00:00:1f"',
      '2:a:0:0:0:1f',
    ],
    other: ['02:0a:00:00:00:1e', '20:a0:00:00:00:f1'],
    unreadable: [
      '02:0a:00:00:00',
      '02:0a:00:00:00:1f:00',
      '02:0a-00:00-00:1f',
      '02:0g:00:00:00:1f',
      '020a0000001',
      'eth0',
      '',
      '02.0a.00.00.00.1f.',
      '192.168.1.1',
    ],
  },
  ip: {
    truth: '192.168.7.10',
    same: ['192.168.7.10', ' 192.168.7.10 ', '192.168.7.10/24', "'192.168.7.10'"],
    other: ['192.168.7.1', '192.168.7.100', '::ffff:192.168.7.10'],
    unreadable: [
      '192.168.7',
      '192.168.7.256',
      '192.168.07.10',
      '0xc0a8070a',
      '192.168.7.10/33',
      '192.168.7.10/',
      'a',
      '',
    ],
  },
  cidr: {
    truth: '192.168.7.0/24',
    same: [
      '192.168.7.0/24',
      '192.168.7.10/24',
      '192.168.7.0/255.255.255.0',
      '192.168.7.0 255.255.255.0',
      '192.168.7.0 netmask 255.255.255.0',
      ' 192.168.7.0 / 24 ',
    ],
    other: ['192.168.7.0/25', '192.168.6.0/23', '192.168.8.0/24', 'default', '0.0.0.0/0'],
    unreadable: ['192.168.7.0', '192.168.7.0/', '192.168.7.0/33', '192.168.7/24', '192.168.7.0/255.0.255.0', '/24', ''],
  },
  port: {
    truth: 8080,
    same: ['8080', ':8080', '8080/tcp', 'tcp/8080', ' 08080 '],
    other: ['80', '808'],
    unreadable: ['0', '65536', '-1', 'http', '80 80', '8080.0', ''],
  },
  count: {
    truth: 3,
    same: ['3', '03', ' +3 '],
    other: ['4', '-3', '30'],
    unreadable: ['three', '3.5', '3 interfaces', '', '0x3', '1e3'],
  },
  path: {
    truth: '/etc/cni/net.d',
    same: ['/etc/cni/net.d/', '/etc//cni/net.d', '/etc/./cni/x/../net.d', '"/etc/cni/net.d"'],
    other: ['/etc/cni/Net.d', '/etc/cni', '/'],
    unreadable: ['etc/cni/net.d', '~/x', ''],
  },
  name: {
    truth: 'controlplane',
    same: ['ControlPlane', ' controlplane ', "'controlplane'", '`controlplane`'],
    other: ['controlplane1', 'control plane', ''],
    unreadable: [],
  },
  interface: {
    truth: 'eth0',
    same: ['eth0', 'ETH0', 'eth0@if7', 'eth0:', '"eth0"', 'eth0@port1:'],
    other: ['eth1', 'eth00'],
    unreadable: ['', 'eth0 eth1', '/dev/eth0', 'an-interface-too-long', '@if7'],
  },
  boolean: {
    truth: true,
    same: ['true', 'Yes', 'y', '1', 'on'],
    other: ['false', 'no', '0', 'off'],
    unreadable: ['maybe', '', '2'],
  },
};

describe.each(Object.entries(table) as [ValueType, (typeof table)[ValueType]][])('%s', (type, row) => {
  const truth = canonical(type, row.truth);

  test('the truth itself can be read', () => expect(truth).not.toBeNull());
  test.each(row.same)('%j is the same', (given) => expect(canonical(type, given)).toBe(truth));
  test.each(row.other)('%j is another value', (given) => {
    expect(canonical(type, given)).not.toBeNull();
    expect(canonical(type, given)).not.toBe(truth);
  });
  test.each(row.unreadable)('%j is no such value', (given) => expect(canonical(type, given)).toBeNull());
  test('reading its own form changes nothing', () => expect(canonical(type, truth)).toBe(truth));
  test('null is no value', () => expect(canonical(type, null)).toBeNull());
  test('it says what was expected, in a sentence', () => expect(readers[type].unreadable).toMatch(/^That is .*\.$/));
});

test.each([
  ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1'],
  ['2001:db8::1', '[2001:db8::1]'],
  ['fe80::1', 'fe80::1%eth0'],
  ['2001:db8::1', '2001:db8::1/64'],
])('ip %s and %s are the same', (one, other) => expect(canonical('ip', one)).toBe(canonical('ip', other)));

test.each([
  ['default', '0.0.0.0/0'],
  ['default', '0.0.0.0 0.0.0.0'],
  ['default', '::/0'],
  ['default', 'any'],
  ['2001:db8::/32', '2001:0db8:1::5/32'],
])('network %s and %s are the same', (one, other) => expect(canonical('cidr', one)).toBe(canonical('cidr', other)));

test('a megabyte of anything is read in no time', () => {
  const began = performance.now();
  for (const type of Object.keys(readers) as ValueType[])
    for (const sign of ['a', '0', ':', '1.', '/', ' ', '"', '(']) canonical(type, sign.repeat(1_000_000 / sign.length));
  expect(performance.now() - began).toBeLessThan(3000);
});
