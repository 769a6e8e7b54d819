import { LabError } from '../../../contract/error.ts';
import type { ExpandedNode } from '../../catalog/expanded.ts';
import type { Docker } from '../../docker/docker.ts';
import { containerName } from '../nodeProcess.ts';
import type { Containers } from '../provider.ts';
import { poolName } from './nodeSpec.ts';
import type { Pool, SpareNode } from './pool.ts';
import { runningPid } from './runningPid.ts';

/** A node that a start has taken, running. */
export interface TakenNode {
  readonly name: string;
  readonly id: string;
  readonly pid: number;
  /** It stood by, prepared, and nothing can run in it yet; otherwise it is new and not prepared. */
  readonly paused: boolean;
  /** It has the run's name already. */
  readonly named: boolean;
}

export interface Wanted {
  readonly run: string;
  /** The first one is where a learner begins. */
  readonly nodes: readonly Pick<ExpandedNode, 'name' | 'profile'>[];
  /** Writes down which containers they are. */
  adopt(containers: Containers): Promise<void>;
}

/**
 * The nodes of a lab. Those that stand by are taken first, as far as they are of the right kind; the others are made now, side by side, under the
 * names that they keep. They are written down while they start. When one of them fails all of them are removed again, and what failed is rejected with.
 */
export async function takeNodes(docker: Docker, pool: Pool, wanted: Wanted): Promise<TakenNode[]> {
  const spares = pool.take(wanted.nodes.filter(({ profile }) => pool.holds(profile)).length);
  const places = wanted.nodes.map(({ name, profile }): Place => {
    const spare = pool.holds(profile) ? spares.shift() : undefined;
    return spare ? { name, spare } : { name, made: make(pool, containerName(wanted.run, name), profile) };
  });
  const ids = places.map((place) =>
    'spare' in place ? Promise.resolve(place.spare.id) : place.made.then(({ id }) => id),
  );

  const adopted = Promise.all(ids).then((all) =>
    wanted.adopt(Object.fromEntries(places.map(({ name }, index) => [name, all[index] ?? '']))),
  );
  const started = places.map(async (place, index): Promise<TakenNode> => {
    const { name } = place;
    if ('spare' in place) return { name, ...place.spare, paused: true, named: false };
    const { id, named } = await place.made;
    await docker.start(id);
    // The first prompt is wanted as soon as the links are there; with a shell that waits it is.
    if (index === 0) void pool.furnish(id);
    return { name, id, pid: await runningPid(docker, id), paused: false, named };
  });
  try {
    const [nodes] = await allSettledWell([allSettledWell(started), adopted]);
    return nodes;
  } catch (error) {
    const there = (await Promise.allSettled(ids)).flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
    await Promise.allSettled(there.map((id) => docker.remove(id)));
    throw error;
  }
}

interface Made {
  readonly id: string;
  readonly named: boolean;
}

/** Where a node of the lab comes from. */
type Place = { readonly name: string } & ({ readonly spare: SpareNode } | { readonly made: Promise<Made> });

/** Where an earlier node of the run still has the name, on its way out, it comes later. */
async function make(pool: Pool, name: string, profile: ExpandedNode['profile']): Promise<Made> {
  try {
    return { id: await pool.make(name, profile), named: true };
  } catch (error) {
    if (LabError.from(error).code !== 'conflict') throw error;
    return { id: await pool.make(poolName(), profile), named: false };
  }
}

/** As `Promise.all`, but nothing is under way any more when it rejects. */
async function allSettledWell<T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
