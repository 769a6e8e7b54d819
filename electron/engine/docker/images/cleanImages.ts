import { LabError } from '../../../contract/error.ts';
import { label } from '../labels.ts';
import type { ImageStore } from './imageStore.ts';
import { type ImageName, imageReference, images } from './table.ts';

/**
 * Removes our images, all of them or only those of older versions; resolves with their number. One that a container still uses stays.
 * An image without our label is never touched, which includes the one that a registry gave us to build upon.
 */
export async function cleanImages(
  store: ImageStore,
  which: 'all' | 'old',
  current: Readonly<Record<string, string>> = currentImages(),
): Promise<number> {
  let removed = 0;
  // As the table is in the order of building, the reverse removes what stands on an image before the image itself.
  for (const [name, reference] of Object.entries(current).reverse())
    for (const image of await store.list({ [label.image]: name })) {
      if (which === 'old' && image.tags.includes(reference)) continue;
      // An image that somebody built on ours has our label too, but a name of its own.
      const ours = image.tags.length > 0 ? image.tags.filter((tag) => tag.startsWith('patchbay/')) : [image.id];
      for (const tag of ours) if (await removes(store, tag)) removed++;
    }
  return removed;
}

/** Name in the table -> reference of this version. */
const currentImages = () =>
  Object.fromEntries(
    // Object.keys forgets the keys' type.
    (Object.keys(images) as ImageName[]).map((name) => [name, imageReference(name)]),
  );

async function removes(store: ImageStore, reference: string): Promise<boolean> {
  try {
    await store.remove(reference);
    return true;
  } catch (error) {
    const code = LabError.from(error).code;
    if (code === 'conflict' || code === 'not-found') return false;
    throw error;
  }
}
