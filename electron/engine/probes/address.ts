import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { family, interfaceName, ipAddress } from './params.ts';
import type { Probe } from './probe.ts';
import { readJson } from './readJson.ts';
import { counted, countField } from './rows.ts';

const Link = z.object({
  ifname: z.string(),
  addr_info: z.array(
    z.object({
      family: z.string(),
      local: z.string().refine(ipaddr.isValid),
      prefixlen: z.int(),
      scope: z.string(),
      broadcast: z.string().optional(),
    }),
  ),
});

const params = z.strictObject({
  name: interfaceName.optional().describe('Only addresses of this interface'),
  local: ipAddress.optional().describe('Only this address: which interface has it?'),
  family,
  scope: z.string().optional().describe('Only addresses of this scope: global, link, host'),
  loopback: z.boolean().default(false).describe('Those of lo too, which are left out unless it is named'),
});

/** IP addresses on interfaces (`ip addr`). */
export const addressProbe: Probe<typeof params> = {
  name: 'address',
  about: 'IP addresses on interfaces (`ip addr`)',
  mode: 'observe',
  events: 'network',
  params,
  main: 'local',
  fields: {
    local: { type: 'ip', about: 'The address' },
    prefixlen: { type: 'count', about: 'Bits of its network part' },
    network: { type: 'cidr', about: 'The network that it is in, such as 192.168.1.0/24' },
    cidr: { type: 'text', about: 'Address and prefix together, such as 192.168.1.10/24, compared exactly' },
    broadcast: { type: 'ip', about: 'The broadcast address that was set' },
    scope: { type: 'name', about: 'global, link or host' },
    ifname: { type: 'interface', about: 'The interface that it is on' },
    ...countField,
  },
  async read(node, wanted) {
    const links = await readJson(node, ['ip', '-j', 'addr', 'show'], Link);
    const rows = links.flatMap(({ ifname, addr_info }) =>
      addr_info
        .filter((it) => wanted.local === undefined || same(it.local, wanted.local))
        .filter((it) => wanted.local !== undefined || it.family === wanted.family)
        .filter((it) => wanted.scope === undefined || it.scope === wanted.scope)
        .filter(() => (wanted.name === undefined ? wanted.loopback || ifname !== 'lo' : ifname === wanted.name))
        .map(({ local, prefixlen, scope, broadcast }) => ({
          local,
          prefixlen,
          network: networkOf(local, prefixlen),
          cidr: `${local}/${prefixlen}`,
          broadcast: broadcast ?? null,
          scope,
          ifname,
        })),
    );
    return counted(rows);
  },
};

const same = (one: string, other: string): boolean => ipaddr.parse(one).toString() === ipaddr.parse(other).toString();

const networkOf = (local: string, prefixlen: number): string => {
  const text = `${local}/${prefixlen}`;
  const base = local.includes(':')
    ? ipaddr.IPv6.networkAddressFromCIDR(text)
    : ipaddr.IPv4.networkAddressFromCIDR(text);
  return `${base.toString()}/${prefixlen}`;
};
