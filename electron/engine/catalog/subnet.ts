import ipaddr from 'ipaddr.js';

/** An IPv4 network: its first address as a number, and its prefix length. */
export interface Subnet {
  readonly base: number;
  readonly prefix: number;
}

export const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

const toNumber = (address: string): number =>
  ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((sum, byte) => sum * 256 + byte, 0);

export const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** Null when it is no IPv4 network in CIDR form, or has host bits set. */
export const parseSubnet = (cidr: string): Subnet | null => {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr)) return null;
  const [address = '', length = ''] = cidr.split('/');
  const subnet = { base: toNumber(address), prefix: Number(length) };
  return subnet.base % sizeOf(subnet.prefix) === 0 ? subnet : null;
};

export const formatSubnet = (subnet: Subnet): string => `${toAddress(subnet.base)}/${subnet.prefix}`;

export const overlap = (a: Subnet, b: Subnet): boolean =>
  a.base < b.base + sizeOf(b.prefix) && b.base < a.base + sizeOf(a.prefix);

/** Whether address `index` exists: from 0, the network's own, or from -1, the broadcast address, backwards. */
export const holdsIndex = (prefix: number, index: number): boolean =>
  index < 0 ? -index <= sizeOf(prefix) : index < sizeOf(prefix);

export const addressAt = (subnet: Subnet, index: number): string =>
  toAddress(subnet.base + (index < 0 ? sizeOf(subnet.prefix) + index : index));

/** The network of an address in CIDR form. Throws for what is none. */
export const networkOf = (cidr: string): string => {
  const [address = '', length = ''] = cidr.split('/');
  const size = sizeOf(Number(length));
  return `${toAddress(Math.floor(toNumber(address) / size) * size)}/${length}`;
};

export const maskOf = (prefix: number): string => toAddress(2 ** 32 - sizeOf(prefix));
