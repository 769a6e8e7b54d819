import { join } from 'node:path';
import { productRoot } from '../../root.ts';
import { contentHash } from './contentHash.ts';
import { goArguments } from './goProxy.ts';

interface ImageDefinition {
  readonly title: string;
  /** What its Dockerfile's `ARG BASE` is given; null for the one that comes from a registry or is made from packages. */
  readonly base: ImageName | null;
  /** What else its Dockerfile is given, of the machine that builds. */
  readonly arguments?: () => Promise<Record<string, string>>;
}

export type ImageName = 'base' | 'host' | 'builder';

/** Every image of ours: a folder under resources/images and a line here. In the order in which they are made. */
export const images: Readonly<Record<ImageName, ImageDefinition>> = {
  base: { title: 'Debian base image', base: null },
  host: { title: 'Image of the nodes', base: 'base' },
  builder: { title: 'Compilers for the components of Kubernetes', base: 'base', arguments: goArguments },
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
