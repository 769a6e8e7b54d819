import { LabError } from '../../contract/error.ts';
import type { DockerConnection } from './connect.ts';
import { cleanImages } from './images/cleanImages.ts';
import { label } from './labels.ts';

export interface Cleaned {
  readonly containers: number;
  readonly volumes: number;
  readonly networks: number;
  readonly images: number;
}

/**
 * Removes what carries our owner label: one owner's, or everybody's with `owner: null`. With `images` also our images, as far as nothing uses them.
 * Docker itself is asked for the label, so that what has none is not even looked at.
 */
export async function clean(
  docker: DockerConnection,
  { owner, images }: { owner: string | null; images: boolean },
): Promise<Cleaned> {
  // An empty value asks for the label alone, whatever its value.
  const ours = { [label.owner]: owner ?? '' };
  const { housekeeping } = docker;
  const containers = await each(
    (await docker.list(ours)).map((it) => it.id),
    (id) => docker.remove(id),
  );
  const kept = await housekeeping.volumes(ours);
  // What a compile that was interrupted has done so far: it belongs to the image that compiles, not to one owner.
  const compiled = images ? await housekeeping.volumes({ [label.image]: '' }) : [];
  const volumes = await each([...new Set([...kept, ...compiled])], (name) => housekeeping.removeVolume(name));
  const networks = await each(await housekeeping.networks(ours), (id) => housekeeping.removeNetwork(id));
  return { containers, volumes, networks, images: images ? await cleanImages(docker.images, 'all') : 0 };
}

/** How many were removed. What somebody else uses, or removes at the same time, is left out. */
async function each(things: readonly string[], remove: (thing: string) => Promise<unknown>): Promise<number> {
  const done = await Promise.all(
    things.map(async (thing) => {
      try {
        await remove(thing);
        return true;
      } catch (error) {
        const { code } = LabError.from(error);
        if (code === 'not-found' || code === 'conflict') return false;
        throw error;
      }
    }),
  );
  return done.filter(Boolean).length;
}
