import ipaddr from 'ipaddr.js';
import { type Reader, unquoted } from './reader.ts';

/** IPv4 or IPv6 in any of its spellings (RFC 5952); a prefix length, a zone or brackets that came along do not matter. */
export const ip: Reader = {
  canonical(given) {
    const text = unquoted(given);
    const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
    const slash = /^(.*)\/(\d{1,3})$/.exec(bare);
    const address = addressIn((slash?.[1] ?? bare).replace(/%[\w.-]+$/, ''));
    if (address === null) return null;
    if (slash && Number(slash[2]) > (address.kind() === 'ipv4' ? 32 : 128)) return null;
    return address.toString();
  },
  unreadable: 'That is not an IP address (such as 192.168.1.10).',
};

/** Only the four-part decimal form of IPv4: `010.0.0.1` and `10.1` mean different things to different tools. */
export const addressIn = (text: string): ipaddr.IPv4 | ipaddr.IPv6 | null => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes(':') && ipaddr.IPv6.isValid(text)) return ipaddr.IPv6.parse(text);
  return null;
};
