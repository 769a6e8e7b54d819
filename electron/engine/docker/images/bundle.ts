import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../../../../resources/setup/paths.mjs';
import { productRoot } from '../../root.ts';
import { type ImageName, imageHash } from './table.ts';

/** Where `docker save patchbay/NAME:HASH` may lie as NAME-HASH.tar: shipped with the app, or put there by hand. */
export const bundledImage = (name: ImageName): string | null =>
  [join(productRoot(), 'resources', 'bundle'), join(cacheDir(), 'images')]
    .map((folder) => join(folder, `${name}-${imageHash(name)}.tar`))
    .find(existsSync) ?? null;
