import { join } from 'node:path';
import { productRoot } from '../../root.ts';
import { contentHash } from './contentHash.ts';

interface ImageDefinition {
  readonly title: string;
  /** What its Dockerfile's `ARG BASE` is given; null for the one that comes from a registry or is made from packages. */
  readonly base: ImageName | null;
}

export type ImageName = 'base' | 'host';

/** Every image of ours: a folder under resources/images and a line here. In the order in which they are made. */
export const images: Readonly<Record<ImageName, ImageDefinition>> = {
  base: { title: 'Debian base image', base: null },
  host: { title: 'Image of the nodes', base: 'base' },
};

/** The images that containers are made from; without one of these nothing runs. */
export const neededImages: readonly ImageName[] = ['host'];

export const imageFolder = (name: ImageName): string => join(productRoot(), 'resources', 'images', name);

/** Changes with anything that goes into the image, so that an image of that name is always the right one. */
export function imageHash(name: ImageName): string {
  const { base } = images[name];
  return contentHash(imageFolder(name), base ? imageHash(base) : '');
}

/** What to give as `ContainerSpec.image`: `patchbay/host:0123456789ab`. */
export const imageReference = (name: ImageName): string => `patchbay/${name}:${imageHash(name)}`;
