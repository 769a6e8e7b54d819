import { expect, test } from 'vitest';
import { addressAt, formatSubnet, holdsIndex, maskOf, overlap, parseSubnet, type Subnet } from './subnet.ts';

const subnet = (text: string): Subnet => {
  const parsed = parseSubnet(text);
  if (!parsed) throw new Error(`${text} is no subnet`);
  return parsed;
};

test('a network is read and written alike, up to the last address there is', () => {
  for (const text of ['10.0.0.0/8', '192.168.7.64/26', '0.0.0.0/0', '255.255.255.252/30'])
    expect(formatSubnet(subnet(text))).toBe(text);
});

test('what has host bits or is no network is refused', () => {
  for (const text of ['10.0.0.1/8', '10.0.0.0', '10.0.0.0/33', 'fd00::/64', '010.0.0.0/8', ''])
    expect(parseSubnet(text)).toBeNull();
});

test('addresses count from the network, and backwards from the broadcast address', () => {
  const of = (index: number) => addressAt(subnet('192.168.7.64/26'), index);
  expect([of(0), of(10), of(-1), of(-2)]).toEqual(['192.168.7.64', '192.168.7.74', '192.168.7.127', '192.168.7.126']);
  expect([63, 64, -64, -65].map((index) => holdsIndex(26, index))).toEqual([true, false, true, false]);
});

test('masks and overlaps', () => {
  expect([8, 26, 30].map(maskOf)).toEqual(['255.0.0.0', '255.255.255.192', '255.255.255.252']);
  expect(overlap(subnet('10.0.0.0/8'), subnet('10.200.0.0/24'))).toBe(true);
  expect(overlap(subnet('10.0.0.0/24'), subnet('10.0.1.0/24'))).toBe(false);
});
