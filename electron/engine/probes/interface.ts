import { z } from 'zod';
import { interfaceName } from './params.ts';
import type { Probe } from './probe.ts';
import { readJson } from './readJson.ts';
import { counted, countField } from './rows.ts';

const Link = z.object({
  ifindex: z.int(),
  ifname: z.string(),
  flags: z.array(z.string()),
  mtu: z.int(),
  operstate: z.string(),
  address: z.string().optional(),
  master: z.string().optional(),
  linkinfo: z.object({ info_kind: z.string().optional() }).optional(),
});

const params = z.strictObject({
  name: interfaceName.optional().describe('Only this interface'),
  kind: z.string().optional().describe('Only interfaces of this kind: veth, bridge, ...'),
  loopback: z.boolean().default(false).describe('lo too, which is left out unless it is named'),
});

/** Network interfaces and their state (`ip -d link`). */
export const interfaceProbe: Probe<typeof params> = {
  name: 'interface',
  about: 'Network interfaces and their state (`ip -d link`)',
  mode: 'observe',
  events: 'network',
  params,
  main: 'address',
  fields: {
    ifname: { type: 'interface', about: 'Its name' },
    ifindex: { type: 'count', about: 'Its number' },
    address: { type: 'mac', about: 'Its MAC address' },
    operstate: { type: 'name', about: 'UP, DOWN, LOWERLAYERDOWN or UNKNOWN' },
    up: { type: 'boolean', about: 'Whether it was switched on (`ip link set ... up`)' },
    carrier: { type: 'boolean', about: 'Whether its cable is live' },
    mtu: { type: 'count', about: 'Bytes of the longest packet' },
    master: { type: 'interface', about: 'The bridge that it is a port of' },
    kind: { type: 'name', about: 'veth, bridge, ...; empty for hardware and lo' },
    ...countField,
  },
  async read(node, { name, kind, loopback }) {
    const links = await readJson(node, ['ip', '-j', '-d', 'link', 'show'], Link);
    const rows = links.map((link) => ({
      ifname: link.ifname,
      ifindex: link.ifindex,
      address: link.address ?? null,
      operstate: link.operstate,
      up: link.flags.includes('UP'),
      carrier: link.flags.includes('LOWER_UP'),
      mtu: link.mtu,
      master: link.master ?? null,
      kind: link.linkinfo?.info_kind ?? null,
    }));
    return counted(
      rows.filter(
        (row) =>
          (name === undefined ? loopback || row.ifname !== 'lo' : row.ifname === name) &&
          (kind === undefined || row.kind === kind),
      ),
    );
  },
};
