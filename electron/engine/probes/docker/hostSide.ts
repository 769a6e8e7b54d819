import { z } from 'zod';
import type { NodeHandle } from '../../environments/environment.ts';
import { readJson } from '../readJson.ts';
import { besideContainer } from './inContainer.ts';
import type { ContainerSummary } from './objects.ts';

/** `link_index` is the other end's number in its own network, and is there when that is another one. Source: ip-link(8), `link-netnsid`. */
const Link = z.object({
  ifindex: z.int(),
  ifname: z.string(),
  address: z.string().optional(),
  link_index: z.int().optional(),
});
const COMMAND = ['ip', '-j', 'link'];

/** MAC address inside a container -> the node's end of that cable. Nothing of one that does not run. */
export const hostSides = async (
  node: NodeHandle,
  container: Pick<ContainerSummary, 'Id'>,
): Promise<ReadonlyMap<string, string>> => {
  const inside = await besideContainer(node, container);
  if (!inside) return new Map();
  const [own, others] = await Promise.all([readJson(inside, COMMAND, Link), readJson(node, COMMAND, Link)]);
  return new Map(
    own.flatMap(({ address, link_index }): [string, string][] => {
      const other = others.find(({ ifindex }) => ifindex === link_index);
      return address !== undefined && other ? [[address, other.ifname]] : [];
    }),
  );
};
