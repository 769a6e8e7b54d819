import type { Measurement } from '../measurements.ts';
import { pairs } from '../pairs.ts';
import { createAndStart } from '../peers/containers.ts';
import { row } from '../row.ts';
import { median, spread } from '../statistics.ts';
import { NODES, timedStart } from './timedStart.ts';

/** A lab with nothing on standby, to its first prompt. */
export const freshStart: Measurement['measure'] = async (site) => {
  await site.engine.standby(0);
  const { ours, peer } = await pairs({
    count: 12,
    warmUp: 2,
    say: site.say,
    ours: () => timedStart(site),
    peer: () => createAndStart(site, NODES),
  });
  const prompts = ours.map((it) => it.prompt);
  return [
    row({
      name: 'start without pool, to the first prompt',
      ours: median(prompts),
      peer: median(peer),
      unit: 'ms',
      goal: { of: 'ratio', at: 'most', value: 1.2 },
      note: `Docker's create + start of the same ${NODES} containers side by side; ${ours.length} pairs; ours ${spread(prompts)}, peer ${spread(peer)}; links after ${median(ours.map((it) => it.links)).toFixed(0)} ms`,
    }),
  ];
};
