import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { NodeHandle } from '../environments/environment.ts';
import { family, ipAddress, network } from './params.ts';
import type { Probe, Row } from './probe.ts';
import { parseJson, READ_DEADLINE, readJson, unreadable } from './readJson.ts';
import { counted, countField } from './rows.ts';

const Via = z.object({ host: z.string() }).optional();
const Route = z.object({
  type: z.string().default('unicast'),
  dst: z.string(),
  gateway: z.string().optional(),
  via: Via,
  dev: z.string().optional(),
  prefsrc: z.string().optional(),
  protocol: z.string().optional(),
  metric: z.int().optional(),
  nexthops: z.array(z.object({ gateway: z.string().optional(), via: Via, dev: z.string().optional() })).optional(),
});
type Route = z.infer<typeof Route>;

const params = z.strictObject({
  to: ipAddress.optional().describe('The way that a packet to this address would take: every correct route counts'),
  dst: network.optional().describe('Without `to`: only routes of the table for exactly this network, or `default`'),
  family,
});

/** The way to an address as the kernel decides it (`ip route get`), or without `to` the routing table itself (`ip route`). */
export const routeProbe: Probe<typeof params> = {
  name: 'route',
  about: 'The way to an address (`ip route get`), or without `to` the routing table (`ip route`)',
  mode: 'observe',
  events: 'network',
  params,
  main: 'dev',
  fields: {
    dst: { type: 'cidr', about: 'The network that it leads to; the address itself when asked with `to`' },
    gateway: { type: 'ip', about: 'The next router; none when the network is at the interface itself' },
    dev: { type: 'interface', about: 'The interface by which packets leave' },
    prefsrc: { type: 'ip', about: 'The address of their own that packets carry' },
    type: { type: 'name', about: 'unicast, local, broadcast, blackhole, unreachable, prohibit' },
    protocol: { type: 'name', about: 'Who made it: kernel, boot, static, dhcp, ...' },
    metric: { type: 'count', about: 'Lower is preferred' },
    ...countField,
  },
  async read(node, { to, dst, family }) {
    if (to !== undefined) return counted((await wayTo(node, to)).flatMap(rowsOf));
    const routes = await readJson(
      node,
      ['ip', '-j', family === 'inet6' ? '-6' : '-4', 'route', 'show', 'table', 'main'],
      Route,
    );
    return counted(routes.flatMap(rowsOf).filter((row) => dst === undefined || same(row.dst, dst)));
  },
};

/** What the kernel answers when there is no way: ENETUNREACH, EHOSTUNREACH (`unreachable`), EINVAL (`blackhole`), EACCES (`prohibit`), ENETDOWN. */
const noWay =
  /^RTNETLINK answers: (Network is unreachable|No route to host|Invalid argument|Permission denied|Network is down)$/m;

const dead: readonly string[] = ['unreachable', 'blackhole', 'prohibit', 'throw'];

const wayTo = async (node: NodeHandle, to: string): Promise<Route[]> => {
  const command = ['ip', '-j', 'route', 'get', to];
  const result = await node.net(command, { deadlineMs: READ_DEADLINE });
  // Some kernels answer with the route that forbids it, in place of an error.
  if (result.exit === 0) return parseJson(node, command, result, Route).filter(({ type }) => !dead.includes(type));
  if (result.exit === 2 && noWay.test(result.stderr)) return [];
  throw unreadable(node, command, result);
};

/** A route over several next hops is as many rows. */
const rowsOf = (route: Route): (Row & { dst: string })[] =>
  (route.nexthops ?? [route]).map((hop) => ({
    dst: withPrefix(route.dst),
    gateway: hop.gateway ?? hop.via?.host ?? null,
    dev: hop.dev ?? null,
    prefsrc: route.prefsrc ?? null,
    type: route.type,
    protocol: route.protocol ?? null,
    metric: route.metric ?? null,
  }));

/** iproute2 leaves the prefix of a single address out. */
const withPrefix = (dst: string): string => {
  if (dst === 'default' || dst.includes('/')) return dst;
  return `${dst}/${dst.includes(':') ? 128 : 32}`;
};

const same = (printed: string, wanted: string): boolean => canonical(printed) === canonical(wanted);

const canonical = (text: string): string => {
  if (!ipaddr.isValidCIDR(text)) return text;
  const [address, bits] = ipaddr.parseCIDR(text);
  return bits === 0 ? 'default' : `${address.toString()}/${bits}`;
};
