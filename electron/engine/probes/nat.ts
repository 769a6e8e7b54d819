import { z } from 'zod';
import type { NodeHandle } from '../environments/environment.ts';
import { type Chain, inEffect, kinds } from './nat/chain.ts';
import { iptablesChains } from './nat/iptables.ts';
import { nftTables } from './nat/nft.ts';
import type { Probe, Row } from './probe.ts';
import { READ_DEADLINE, unreadable } from './readJson.ts';
import { counted, countField } from './rows.ts';

const params = z.strictObject({
  kind: z.enum(kinds).optional().describe('Only rules of this kind'),
  port: z
    .union([z.int().min(1).max(65535), z.string()])
    .optional()
    .describe('Only rules for this destination port'),
  hook: z
    .enum(['prerouting', 'input', 'output', 'postrouting'])
    .optional()
    .describe('Only rules that the kernel asks there'),
});

/**
 * Rules that change IPv4 addresses, whichever program made them: iptables (its nft and its legacy form) and nft. A rule for several ports or networks
 * is as many rows; a rule in a chain that nobody calls is none. What an outer chain asks of a packet counts for the inner one.
 */
export const natProbe: Probe<typeof params> = {
  name: 'nat',
  about:
    'Rules that change IPv4 addresses (`iptables -t nat -S`, `iptables-legacy`, `nft list ruleset`), whichever program made them; those that no packet can come to are left out',
  mode: 'observe',
  events: null,
  params,
  main: 'kind',
  fields: {
    kind: { type: 'name', about: 'masquerade, snat, dnat or redirect' },
    hook: { type: 'name', about: 'prerouting, input, output or postrouting' },
    chain: { type: 'text', about: 'The chain that the rule stands in' },
    by: { type: 'name', about: 'iptables, iptables-legacy or nft' },
    protocol: { type: 'name', about: 'tcp, udp, ...; none when any' },
    source: { type: 'cidr', about: 'From which network or address; none when any' },
    destination: { type: 'cidr', about: 'To which network or address; none when any' },
    port: { type: 'text', about: 'To which port, or ports: 8080, 85-89; none when any' },
    in: { type: 'interface', about: 'The interface that the packet came by; none when any' },
    out: { type: 'interface', about: 'The interface that it leaves by; none when any' },
    'not-source': { type: 'cidr', about: 'Not from there' },
    'not-destination': { type: 'cidr', about: 'Not to there' },
    'not-in': { type: 'interface', about: 'Not when it came by this interface' },
    'not-out': { type: 'interface', about: 'Not when it leaves by this interface' },
    to: { type: 'text', about: 'The new address, or a range; none for masquerade, which takes that of the interface' },
    'to-port': { type: 'text', about: 'The new port, or ports; none when it stays' },
    ...countField,
  },
  async read(node, { kind, port, hook }) {
    const rows = (await Promise.all([iptablesAndNft(node), legacy(node)])).flat();
    return counted(
      rows.filter(
        (row) =>
          (kind === undefined || row.kind === kind) &&
          (port === undefined || row.port === String(port)) &&
          (hook === undefined || row.hook === hook),
      ),
    );
  },
};

/** Tables of which iptables (in its nft form) says all that there is; nft knows no more than the names of its targets. */
const NAT = { family: 'ip', name: 'nat' };
const families: readonly string[] = ['ip', 'inet'];

const iptablesAndNft = async (node: NodeHandle): Promise<Row[]> => {
  const [nft, iptables] = await Promise.all([
    printed(node, ['nft', '-j', 'list', 'ruleset'], nftTables),
    // When nft itself has made a table `nat`, iptables prints nothing but a comment that says so.
    printed(node, ['iptables-nft-save', '-t', 'nat'], iptablesChains),
  ]);
  const others = nft.filter(
    ({ family, name }) =>
      families.includes(family) && !(iptables.length > 0 && family === NAT.family && name === NAT.name),
  );
  return [...named('iptables', iptables), ...others.flatMap(({ chains }) => named('nft', chains))];
};

/** It prints nothing where no table was ever used. To name the table would make it. */
const legacy = async (node: NodeHandle): Promise<Row[]> =>
  named('iptables-legacy', await printed(node, ['iptables-legacy-save'], iptablesChains));

const named = (by: string, chains: readonly Chain[]): Row[] => inEffect(chains).map((row) => ({ ...row, by }));

const printed = async <Read>(
  node: NodeHandle,
  command: readonly string[],
  read: (text: string) => Read | null,
): Promise<Read> => {
  const result = await node.net(command, { deadlineMs: READ_DEADLINE });
  const found = result.exit === 0 ? read(result.stdout) : null;
  if (found === null) throw unreadable(node, command, result);
  return found;
};
