import type { z } from 'zod';
import { netnsName } from './params.ts';
import { DEFAULT_LIMIT, type EventSource, type Probe } from './probe.ts';

/** Milliseconds that it may take to find the namespace. */
const FINDING = 3500;

/**
 * The same probe with a parameter more, `netns`: it then looks into that named network namespace of the node. When there is none of that name
 * there is no row, which is a result. Nobody tells of changes in there, so it is asked again and again.
 */
export const orInNetns = <Own extends z.ZodObject>(probe: Probe<Own>): Probe<z.ZodObject> => {
  const params: z.ZodObject = probe.params.extend({
    netns: netnsName.optional().describe('In this named network namespace of the node (`ip netns exec`)'),
  });
  type Given = z.output<typeof params>;
  const own = ({ netns: _, ...rest }: Given): z.output<Own> => probe.params.parse(rest);
  const events = (given: Given): EventSource | null => {
    if (given.netns !== undefined) return null;
    return typeof probe.events === 'function' ? probe.events(own(given)) : probe.events;
  };
  return {
    ...probe,
    params,
    events,
    limit: (given) => (probe.limit?.(own(given)) ?? DEFAULT_LIMIT) + (given.netns === undefined ? 0 : FINDING),
    async read(node, given) {
      const { netns } = given;
      if (netns === undefined) return probe.read(node, own(given));
      const inside = await node.inNetns(String(netns));
      return inside ? probe.read(inside, own(given)) : [];
    },
  };
};
