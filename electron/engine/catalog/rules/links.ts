import { endpointOf } from '../expandHosts.ts';
import { InterfaceName } from '../schema/words.ts';
import { ENGINE_INTERFACE, hostsOf, interfacesOf, nodeNames } from './places.ts';
import type { Judged, Rule } from './rule.ts';

/** Every cable goes from one interface that is there to another, and every interface has exactly one. */
export const links: Rule = (judged) => {
  const { lab, samples, tell } = judged;
  const written = hostsOf(lab)?.links;
  if (!written) return;
  for (const drawn of samples.possible(written.map((link) => link?.endpoints ?? []))) {
    const used = new Set<string>();
    for (const [index, ends] of drawn.entries())
      for (const [end, text] of ends.entries()) {
        if (text === undefined) continue;
        const path = ['environment', 'links', index, 'endpoints', end];
        if (used.has(text)) tell({ path, message: `\`${text}\` has a cable already` });
        used.add(text);
        endpoint(judged, path, text);
      }
    loose(judged, used);
  }
};

const endpoint = (judged: Judged, path: (string | number)[], text: string): void => {
  const { lab, tell } = judged;
  if (!/^[^:]+:[^:]+$/.test(text))
    return tell({ path, message: `\`${text}\` is no endpoint: write \`node:interface\`` });
  const { node, interface: own } = endpointOf(text);
  const known = nodeNames(lab);
  if (!known) return;
  if (!known.includes(node)) return tell({ path, message: `no node \`${node}\``, word: node, known });
  if (hostsOf(lab)?.nodes?.[node]?.kind === 'switch') {
    if (!InterfaceName.safeParse(own).success) tell({ path, message: `\`${own}\` cannot be the name of a port` });
    return;
  }
  const interfaces = interfacesOf(judged, node).filter((it) => it !== 'lo' && it !== ENGINE_INTERFACE);
  if (!interfaces.includes(own))
    tell({ path, message: `${node} has no interface \`${own}\``, word: own, known: interfaces });
};

const loose = ({ lab, tell }: Judged, used: ReadonlySet<string>): void => {
  for (const [name, node] of Object.entries(hostsOf(lab)?.nodes ?? {})) {
    if (node?.kind === 'switch') continue;
    for (const own of Object.keys(node?.interfaces ?? {}))
      if (!used.has(`${name}:${own}`))
        tell({
          path: ['environment', 'nodes', name, 'interfaces', own],
          spot: { on: 'key' },
          message: `\`${name}:${own}\` is the end of no link`,
        });
  }
};
