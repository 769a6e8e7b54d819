import { MOST_NODES, nodeNames } from '../cluster/plan.ts';
import type { Judged, Rule } from './rule.ts';

/** What a cluster gives to templates beside its nodes' names. */
const GIVEN = ['nodes', 'pods', 'services'];

/** A cluster's nodes have the names that kubeadm's users know, and no variable has a name that the cluster gives. */
export const cluster: Rule = (judged) => {
  const { lab, tell } = judged;
  const { environment } = lab;
  if (environment?.kind !== 'kubernetes') return;
  const path = ['environment', 'nodes'];
  const names = environment.nodes ?? [];
  if (names.length > MOST_NODES)
    tell({ path, message: `a cluster has at most ${MOST_NODES} nodes, and these are ${names.length}` });
  for (const [index, name] of names.slice(0, MOST_NODES).entries()) place(judged, [...path, index], name, index);
  for (const name of [...GIVEN, ...nodeNames(MOST_NODES)])
    if (Object.hasOwn(lab.vars ?? {}, name))
      tell({ path: ['vars', name], spot: { on: 'key' }, message: `\`${name}\` is a value of the cluster already` });
};

const place = ({ lab, tell }: Judged, path: (string | number)[], name: string | undefined, index: number): void => {
  const known = nodeNames(MOST_NODES);
  const right = known[index];
  if (name === undefined || name === right) return;
  const written = lab.environment?.kind === 'kubernetes' ? (lab.environment.nodes ?? []) : [];
  if (written.indexOf(name) < index) tell({ path, message: `\`${name}\` stands here twice` });
  else
    tell({
      path,
      message: `node ${index + 1} of a cluster is called \`${right}\`, not \`${name}\``,
      word: name,
      known: right === undefined ? [] : [right],
    });
};
