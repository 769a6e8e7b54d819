import ipaddr from 'ipaddr.js';
import type { DraftHosts } from '../draft.ts';
import { hostsOf, interfacesOf } from './places.ts';
import type { Judged, Rule } from './rule.ts';

/** A route at the start can be set: its gateway is in a network of an interface that is up, its interface is there. */
export const startRoutes: Rule = (judged) => {
  for (const [name, node] of Object.entries(hostsOf(judged.lab)?.nodes ?? {})) {
    if (node?.kind === 'switch') continue;
    for (const [index, route] of (node?.routes ?? []).entries()) {
      const path = ['environment', 'nodes', name, 'routes', index];
      for (const filled of judged.samples.possible({ ...route, own: upNetworks(node) })) {
        const { to, via, dev, metric, own } = filled;
        if (to !== undefined && to !== 'default' && !ipaddr.isValidCIDR(to))
          judged.tell({
            path: [...path, 'to'],
            message: `\`${to}\` is neither \`default\` nor a network such as 192.168.1.0/24`,
          });
        if (via === undefined && dev === undefined)
          judged.tell({ path, message: 'a route needs `via`, `dev` or both' });
        if (metric !== undefined && !/^[1-9]\d{0,8}$/.test(String(metric)))
          judged.tell({ path: [...path, 'metric'], message: `\`${metric}\` is no metric: a whole number from 1` });
        if (via !== undefined) gateway(judged, [...path, 'via'], via, own);
        const known = interfacesOf(judged, name);
        if (dev !== undefined && !known.includes(dev))
          judged.tell({ path: [...path, 'dev'], message: `${name} has no interface \`${dev}\``, word: dev, known });
      }
    }
  }
};

const gateway = (judged: Judged, path: (string | number)[], via: string, own: readonly string[]): void => {
  if (!ipaddr.isValid(via)) return judged.tell({ path, message: `\`${via}\` is not an IP address` });
  const reached = own.some((cidr) => {
    if (!ipaddr.isValidCIDR(cidr)) return false;
    const [network, bits] = ipaddr.parseCIDR(cidr);
    const address = ipaddr.parse(via);
    return address.kind() === network.kind() && address.match(network, bits);
  });
  if (!reached) judged.tell({ path, message: `\`${via}\` is in no network of an interface that is up at the start` });
};

type NodeDraft = NonNullable<NonNullable<DraftHosts['nodes']>[string]>;

const upNetworks = (node: NodeDraft | undefined): string[] =>
  Object.values(node?.interfaces ?? {})
    .filter((it) => it?.state !== 'down')
    .flatMap((it) => it?.address ?? [])
    .flatMap((address) => address ?? []);
