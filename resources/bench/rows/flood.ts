import { type Flood, flood, TOTAL } from '../flooded.ts';
import type { Measurement } from '../measurements.ts';
import { pairs } from '../pairs.ts';
import { openTtyd } from '../peers/ttyd.ts';
import { ttydProgram } from '../peers/ttydProgram.ts';
import { type Row, row, unmeasured } from '../row.ts';
import { median, spread } from '../statistics.ts';
import { openTerminalPages, type TerminalPages } from '../terminalPages.ts';

const MEGA = 1e6;
/** What buffers may take for a while. MB. */
const FLAT = 64;

/** 50 MB of output into the page: how fast, whether all of it comes, and what memory it takes on its way. */
export const floods: Measurement['measure'] = async (site) => {
  const pages = await openTerminalPages(site, 'as a display does');
  try {
    const { ours, peer } = await pairs({
      count: 3,
      warmUp: 1,
      say: site.say,
      ours: () => flood(pages.ours),
      peer: () => flood(pages.peer),
    });
    return [...rowsOf(ours, peer), await againstTtyd(pages, site)];
  } finally {
    await pages.close();
  }
};

async function againstTtyd(pages: TerminalPages, site: Parameters<Measurement['measure']>[0]): Promise<Row> {
  const name = '50 MB into the page, against ttyd';
  const program = ttydProgram();
  if ('missing' in program) return unmeasured(name, 'MB/s', program.missing);
  const ttyd = await openTtyd(program.path, site.dockerAddress, pages);
  try {
    const { ours, peer } = await pairs({
      count: 3,
      warmUp: 1,
      say: (text) => site.say(`ttyd, ${text}`),
      ours: () => flood(pages.ours),
      peer: async () => {
        await ttyd.renew();
        return flood(ttyd);
      },
    });
    const lost = peer.reduce((sum, it) => sum + it.lost, 0);
    return row({
      name,
      ours: median(speeds(ours)),
      peer: median(speeds(peer)),
      unit: 'MB/s',
      goal: { of: 'ratio', at: 'least', value: 1 },
      note: `ttyd 1.7 with \`docker exec -it\`, its own page, renderer \`dom\` as here; ${ours.length} pairs; ours ${spread(speeds(ours), 1)}, peer ${spread(speeds(peer), 1)}, of which it lost or changed ${lost} bytes`,
    });
  } catch (error) {
    return unmeasured(name, 'MB/s', `ttyd 1.7 did not come to the end of its output: ${error}`);
  } finally {
    await ttyd.close();
  }
}

const speeds = (floods: readonly Flood[]) => floods.map((it) => TOTAL / MEGA / it.seconds);

function rowsOf(ours: readonly Flood[], peer: readonly Flood[]): Row[] {
  const most = (floods: readonly Flood[], of: (flood: Flood) => number) => Math.max(...floods.map(of));
  const who = 'node-pty with `docker exec -it` in the same page';
  return [
    row({
      name: '50 MB into the page, against node-pty',
      ours: median(speeds(ours)),
      peer: median(speeds(peer)),
      unit: 'MB/s',
      goal: { of: 'ratio', at: 'least', value: 1.7 },
      note: `${who}; ${ours.length} pairs, from the key to the last line drawn; ours ${spread(speeds(ours), 1)}, peer ${spread(speeds(peer), 1)}`,
    }),
    row({
      name: '50 MB: bytes lost or changed',
      ours: most(ours, (it) => it.lost),
      peer: most(peer, (it) => it.lost),
      unit: 'bytes',
      goal: { of: 'ours', at: 'most', value: 0 },
      note: `counted and hashed as they come out of the WebSocket; ${who}`,
    }),
    row({
      name: '50 MB: memory of the processes before the page',
      ours: most(ours, (it) => it.memory),
      peer: most(peer, (it) => it.memory),
      unit: 'MB more',
      goal: { of: 'ours', at: 'most', value: FLAT },
      note: `the highest of all moments over what there was before, after a first flood; ${who}`,
    }),
    row({
      name: '50 MB: memory of the page',
      ours: most(ours, (it) => it.heap),
      peer: most(peer, (it) => it.heap),
      unit: 'MB more',
      goal: { of: 'ours', at: 'most', value: FLAT },
      note: `the heap of its scripts, garbage included, at its highest; ${who}`,
    }),
  ];
}
