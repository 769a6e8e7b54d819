import { endpointOf } from '../expandEnvironment.ts';
import { InterfaceName } from '../schema/words.ts';
import { interfacesOf, nodeNames } from './places.ts';
import type { Judged, Rule } from './rule.ts';

/** Every cable goes from one interface that is there to another, and every interface has exactly one. */
export const links: Rule = (judged) => {
  const { lab, tell } = judged;
  const used = new Set<string>();
  for (const [index, link] of (lab.environment?.links ?? []).entries()) {
    for (const [end, written] of (link?.endpoints ?? []).entries()) {
      if (written === undefined) continue;
      const path = ['environment', 'links', index, 'endpoints', end];
      if (used.has(written)) tell({ path, message: `\`${written}\` has a cable already` });
      used.add(written);
      endpoint(judged, path, written);
    }
  }
  for (const [name, node] of Object.entries(lab.environment?.nodes ?? {})) {
    if (node?.kind === 'switch' || !lab.environment?.links) continue;
    for (const own of Object.keys(node?.interfaces ?? {}))
      if (!used.has(`${name}:${own}`))
        tell({
          path: ['environment', 'nodes', name, 'interfaces', own],
          spot: { on: 'key' },
          message: `\`${name}:${own}\` is the end of no link`,
        });
  }
};

const endpoint = ({ lab, tell }: Judged, path: (string | number)[], written: string): void => {
  if (!/^[^:]+:[^:]+$/.test(written))
    return tell({ path, message: `\`${written}\` is no endpoint: write \`node:interface\`` });
  const { node, interface: own } = endpointOf(written);
  const known = nodeNames(lab);
  if (!known) return;
  if (!known.includes(node)) return tell({ path, message: `no node \`${node}\``, word: node, known });
  if (lab.environment?.nodes?.[node]?.kind === 'switch') {
    if (!InterfaceName.safeParse(own).success) tell({ path, message: `\`${own}\` cannot be the name of a port` });
    return;
  }
  const interfaces = interfacesOf(lab, node).filter((it) => it !== 'lo');
  if (!interfaces.includes(own))
    tell({ path, message: `${node} has no interface \`${own}\``, word: own, known: interfaces });
};
