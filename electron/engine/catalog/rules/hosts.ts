import ipaddr from 'ipaddr.js';
import { isMac } from '../mac.ts';
import { hostsOf } from './places.ts';
import type { Judged, Rule } from './rule.ts';

/** What stands on the nodes at the start is something that Linux takes. */
export const hosts: Rule = (judged) => {
  for (const [name, node] of Object.entries(hostsOf(judged.lab)?.nodes ?? {})) {
    const path = ['environment', 'nodes', name];
    if (node?.kind === 'switch') {
      for (const key of ['interfaces', 'routes', 'forwarding', 'hosts', 'profile', 'files', 'start'] as const)
        if (node[key] !== undefined)
          judged.tell({
            path: [...path, key],
            spot: { on: 'key' },
            message: `a switch has no \`${key}\`: its ports come from the links`,
          });
      continue;
    }
    for (const [own, it] of Object.entries(node?.interfaces ?? {})) {
      const at = [...path, 'interfaces', own];
      addresses(judged, [...at, 'address'], it?.address);
      each(judged, [...at, 'mac'], it?.mac, (text) =>
        isMac(text.toLowerCase()) && Number.parseInt(text[1] ?? '0', 16) % 2 === 0
          ? null
          : `\`${text}\` is not the MAC address of one interface, such as 02:00:00:00:00:01`,
      );
      each(judged, [...at, 'mtu'], it?.mtu, (text) =>
        Number(text) >= 68 && Number(text) <= 9000 ? null : `\`${text}\` is no MTU: a number from 68 to 9000`,
      );
    }
    for (const address of Object.keys(node?.hosts ?? {}))
      if (!ipaddr.isValid(address))
        judged.tell({
          path: [...path, 'hosts', address],
          spot: { on: 'key' },
          message: `\`${address}\` is not an IP address`,
        });
  }
};

const addresses = (
  judged: Judged,
  path: (string | number)[],
  written: string | readonly (string | undefined)[] | undefined,
) => {
  const judge = (text: string) =>
    ipaddr.isValidCIDR(text) && text.split('.').length !== 2
      ? null
      : `\`${text}\` is not an address with its prefix length, such as 192.168.4.10/24${ipaddr.isValid(text) ? ' (`.cidr` gives it)' : ''}`;
  if (typeof written === 'string') each(judged, path, written, judge);
  else for (const [index, one] of (written ?? []).entries()) each(judged, [...path, index], one, judge);
};

const each = (
  { samples, tell }: Judged,
  path: (string | number)[],
  written: string | number | undefined,
  judge: (text: string) => string | null,
): void => {
  if (written === undefined) return;
  const message = samples
    .possible(String(written))
    .map(judge)
    .find((it) => it !== null);
  if (message) tell({ path, message });
};
