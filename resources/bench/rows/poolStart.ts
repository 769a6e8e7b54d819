import type { Measurement } from '../measurements.ts';
import { pairs } from '../pairs.ts';
import { createAndStart } from '../peers/containers.ts';
import { row } from '../row.ts';
import { median, spread } from '../statistics.ts';
import { NODES, timedStart } from './timedStart.ts';

/** A lab from nodes that stand by, paused: to its links, and to its first prompt. */
export const poolStart: Measurement['measure'] = async (site) => {
  const { ours, peer } = await pairs({
    count: 20,
    warmUp: 2,
    say: site.say,
    ours: async () => {
      await site.engine.standby(NODES);
      return timedStart(site);
    },
    peer: async () => {
      // The pool is filled again in the background, and must not be when the peer's turn comes.
      await site.engine.standby(NODES);
      return createAndStart(site, NODES);
    },
  });
  const figures = (name: string, of: 'links' | 'prompt', most: number) => {
    const values = ours.map((it) => it[of]);
    return row({
      name,
      ours: median(values),
      peer: median(peer),
      unit: 'ms',
      goal: { of: 'ratio', at: 'most', value: most },
      note: `Docker's create + start of the same ${NODES} containers side by side; ${ours.length} pairs; ours ${spread(values)}, peer ${spread(peer)}`,
    });
  };
  return [
    figures('start from the pool, links ready', 'links', 0.2),
    figures('start from the pool, first prompt', 'prompt', 0.3),
  ];
};
