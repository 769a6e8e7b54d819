import { z } from 'zod';
import { interfaceName, macAddress } from './params.ts';
import type { Probe } from './probe.ts';
import { readJson } from './readJson.ts';
import { counted, countField } from './rows.ts';

const Port = z.object({ ifname: z.string(), master: z.string().optional(), state: z.string().optional() });
const Entry = z.object({
  mac: z.string(),
  ifname: z.string(),
  master: z.string().optional(),
  state: z.string().default(''),
});

const params = z.strictObject({
  name: interfaceName.optional().describe('Only this bridge'),
  port: interfaceName.optional().describe('Only this port'),
  mac: macAddress.optional().describe('Its forwarding table: behind which port is this MAC address?'),
  table: z.boolean().default(false).describe('The forwarding table: the MAC addresses that were learned'),
});

/** The ports of a bridge (`bridge link`), or with `mac` or `table` what its forwarding table has learned (`bridge fdb`). */
export const bridgeProbe: Probe<typeof params> = {
  name: 'bridge',
  about: 'The ports of a bridge (`bridge link`), or with `mac` or `table` its forwarding table (`bridge fdb`)',
  mode: 'observe',
  events: 'network',
  params,
  main: 'ifname',
  fields: {
    ifname: { type: 'interface', about: 'The port' },
    master: { type: 'interface', about: 'The bridge' },
    state: { type: 'name', about: 'Of a port: forwarding, disabled, blocking, listening or learning' },
    mac: { type: 'mac', about: 'The MAC address that was learned behind the port; only with `mac` or `table`' },
    ...countField,
  },
  async read(node, { name, port, mac, table }) {
    const rows =
      mac === undefined && !table
        ? (await readJson(node, ['bridge', '-j', '-d', 'link', 'show'], Port)).map((it) => ({ ...it, mac: null }))
        : await learned(await readJson(node, ['bridge', '-j', 'fdb', 'show'], Entry), mac);
    return counted(
      rows
        .filter((it) => it.master !== undefined)
        .filter((it) => (name === undefined || it.master === name) && (port === undefined || it.ifname === port))
        .map((it) => ({ ifname: it.ifname, master: it.master ?? null, state: it.state ?? null, mac: it.mac })),
    );
  },
};

/** Entries of hosts; `permanent` ones are the ports' own addresses and multicast. One entry per VLAN counts once. */
const learned = (entries: z.output<typeof Entry>[], mac: string | undefined) => {
  const hosts = entries
    .filter((it) => it.state !== 'permanent' && it.master !== undefined)
    .filter((it) => mac === undefined || it.mac.toLowerCase() === mac.toLowerCase());
  const distinct = new Map(hosts.map((it) => [`${it.mac} ${it.ifname}`, it]));
  return [...distinct.values()].map((it) => ({ ...it, state: undefined }));
};
