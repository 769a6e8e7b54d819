import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { family, interfaceName, ipAddress } from './params.ts';
import type { Probe } from './probe.ts';
import { readJson } from './readJson.ts';
import { counted, countField } from './rows.ts';

const Neighbour = z.object({
  dst: z.string().refine(ipaddr.isValid),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()).default([]),
});

const params = z.strictObject({
  to: ipAddress.optional().describe('Only the entry of this address'),
  dev: interfaceName.optional().describe('Only entries of this interface'),
  family,
});

/** The neighbour table: which MAC address belongs to which IP address (`ip neigh`, ARP and NDP). Entries without a MAC address have `lladdr` null. */
export const neighbourProbe: Probe<typeof params> = {
  name: 'neighbour',
  about: 'The neighbour table, ARP and NDP (`ip neigh`)',
  mode: 'observe',
  events: 'network',
  params,
  main: 'lladdr',
  fields: {
    dst: { type: 'ip', about: 'The IP address' },
    lladdr: { type: 'mac', about: 'The MAC address that was learned for it' },
    dev: { type: 'interface', about: 'The interface behind which it is' },
    state: { type: 'name', about: 'REACHABLE, STALE, DELAY, PROBE, FAILED, INCOMPLETE or PERMANENT' },
    ...countField,
  },
  async read(node, { to, dev, family }) {
    const flag = (to === undefined ? family === 'inet6' : to.includes(':')) ? '-6' : '-4';
    const entries = await readJson(node, ['ip', '-j', flag, 'neigh', 'show'], Neighbour);
    const rows = entries
      .filter((it) => dev === undefined || it.dev === dev)
      .filter((it) => to === undefined || ipaddr.parse(it.dst).toString() === ipaddr.parse(to).toString())
      .map(({ dst, dev, lladdr, state }) => ({ dst, lladdr: lladdr ?? null, dev, state: state[0] ?? 'NONE' }));
    return counted(rows);
  },
};
