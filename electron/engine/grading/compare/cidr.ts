import ipaddr from 'ipaddr.js';
import { addressIn } from './ip.ts';
import { type Reader, unquoted } from './reader.ts';

/** A network: `192.168.1.0/24`, with a mask (`/255.255.255.0`), or `default`. Host bits do not matter: `192.168.1.7/24` is the same network. */
export const cidr: Reader = {
  canonical(given) {
    const text = unquoted(given);
    if (/^(default|any)$/i.test(text)) return 'default';
    const parts = /^(\S+?)(?:\s*\/\s*|\s+(?:(?:net)?mask\s+)?)(\S+)$/i.exec(text);
    const address = addressIn(parts?.[1] ?? '');
    const bits = address && bitsIn(parts?.[2] ?? '', address.kind());
    if (address === null || bits === null) return null;
    return bits === 0 ? 'default' : `${networkOf(address, bits)}/${bits}`;
  },
  unreadable: 'That is not a network (an address and its prefix length, such as 192.168.1.0/24).',
};

const bitsIn = (text: string, kind: 'ipv4' | 'ipv6'): number | null => {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= (kind === 'ipv4' ? 32 : 128) ? Number(text) : null;
  // Null for a mask with holes.
  return kind === 'ipv4' && ipaddr.IPv4.isValidFourPartDecimal(text)
    ? ipaddr.IPv4.parse(text).prefixLengthFromSubnetMask()
    : null;
};

const networkOf = (address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): string => {
  const text = `${address.toString()}/${bits}`;
  return address.kind() === 'ipv4'
    ? ipaddr.IPv4.networkAddressFromCIDR(text).toString()
    : ipaddr.IPv6.networkAddressFromCIDR(text).toString();
};
