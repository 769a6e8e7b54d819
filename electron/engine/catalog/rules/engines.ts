import { ENGINE_INTERFACE } from './places.ts';
import type { Rule } from './rule.ts';

/** In an environment of kind `docker` one node at least has an engine, and nothing of the lab's own is in an engine's way. */
export const engines: Rule = ({ lab, tell }) => {
  if (lab.environment?.kind !== 'docker') return;
  const path = ['environment', 'nodes'];
  const nodes = Object.entries(lab.environment.nodes ?? {});
  if (nodes.length > 0 && !nodes.some(([, node]) => node?.engine))
    tell({
      path,
      spot: { on: 'key' },
      message: 'none of these nodes has `engine: true`; hosts without one are of `kind: hosts`',
    });
  for (const [name, node] of nodes) {
    if (!node?.engine) continue;
    if (node.kind === 'switch')
      tell({ path: [...path, name, 'engine'], spot: { on: 'key' }, message: 'a switch runs no Docker Engine' });
    if (node.forwarding === false)
      tell({ path: [...path, name, 'forwarding'], message: 'a Docker Engine switches forwarding on by itself' });
    if (Object.hasOwn(node.interfaces ?? {}, ENGINE_INTERFACE))
      tell({
        path: [...path, name, 'interfaces', ENGINE_INTERFACE],
        spot: { on: 'key' },
        message: `\`${ENGINE_INTERFACE}\` is made by the node's Docker Engine`,
      });
  }
};
