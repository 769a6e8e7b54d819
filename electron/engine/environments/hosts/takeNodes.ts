import { LabError } from '../../../contract/error.ts';
import type { Docker } from '../../docker/docker.ts';
import { containerName } from '../nodeProcess.ts';
import type { Containers } from '../provider.ts';
import { poolName } from './nodeSpec.ts';
import type { Pool } from './pool.ts';
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
  /** Nodes of the lab. The first one is where a learner begins. */
  readonly names: readonly string[];
  /** Writes down which containers they are. */
  adopt(containers: Containers): Promise<void>;
}

/**
 * So many nodes, those that stand by first; the others are made now, side by side, under the names that they keep. They are written down while
 * they start. When one of them fails all of them are removed again, and what failed is rejected with.
 */
export async function takeNodes(docker: Docker, pool: Pool, wanted: Wanted): Promise<TakenNode[]> {
  const spares = pool.take(wanted.names.length);
  const made = wanted.names.slice(spares.length).map((name) => make(pool, containerName(wanted.run, name)));
  const ids = [...spares.map(({ id }) => Promise.resolve(id)), ...made.map((it) => it.then(({ id }) => id))];

  const adopted = Promise.all(ids).then((all) =>
    wanted.adopt(Object.fromEntries(wanted.names.map((name, index) => [name, all[index] ?? '']))),
  );
  const started = wanted.names.map(async (name, index): Promise<TakenNode> => {
    const spare = spares[index];
    if (spare) return { name, ...spare, paused: true, named: false };
    const { id, named } = await (made[index - spares.length] as Promise<Made>);
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

/** Where an earlier node of the run still has the name, on its way out, it comes later. */
async function make(pool: Pool, name: string): Promise<Made> {
  try {
    return { id: await pool.make(name), named: true };
  } catch (error) {
    if (LabError.from(error).code !== 'conflict') throw error;
    return { id: await pool.make(poolName()), named: false };
  }
}

/** As `Promise.all`, but nothing is under way any more when it rejects. */
async function allSettledWell<T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
