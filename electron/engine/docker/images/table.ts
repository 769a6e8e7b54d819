import { join } from 'node:path';
import { componentHash } from '../../components/componentsHash.ts';
import { pins } from '../../components/pins.ts';
import { productRoot } from '../../root.ts';
import { contentHash } from './contentHash.ts';

interface Definition {
  readonly title: string;
}

/** From a registry, or made from packages: what all others are built on. */
interface RootImage extends Definition {
  readonly made: 'root';
  readonly base: null;
}

export interface BuiltImage extends Definition {
  readonly made: 'built';
  /** What its Dockerfile's `ARG BASE` is given. */
  readonly base: ImageName;
  /** Has resources/images/tools in its context, as `tools/`. */
  readonly tools?: true;
  /** Has resources/images/gateway/apps in its context, as `apps/`. */
  readonly apps?: true;
  /** Components of clusters that are in its context, as `components/`. */
  readonly components?: readonly string[];
}

/** A container of `base` runs the folder's `bake` and is committed: for what can only be made by running it. */
export interface BakedImage extends Definition {
  readonly made: 'baked';
  readonly name: ImageName;
  readonly base: ImageName;
  readonly components: readonly string[];
  /** What its `bake` needs beyond the capabilities of `bakeImage`. */
  readonly capabilities?: readonly string[];
}

type ImageDefinition = RootImage | BuiltImage | BakedImage;

export type ImageName =
  | 'base'
  | 'host'
  | 'builder'
  | 'docker-system'
  | 'docker-node'
  | 'node-system'
  | 'node'
  | 'gateway';

/** Every image of ours: a folder under resources/images and a line here. In the order in which they are made. */
export const images: Readonly<Record<ImageName, ImageDefinition>> = {
  base: { title: 'Debian base image', made: 'root', base: null },
  host: { title: 'Image of the nodes', made: 'built', base: 'base' },
  builder: { title: 'Image that compiles', made: 'built', base: 'base' },
  'docker-system': { title: 'Debian with Docker', made: 'built', base: 'host', tools: true, apps: true },
  'docker-node': {
    title: 'Image of a node with Docker',
    made: 'baked',
    name: 'docker-node',
    base: 'docker-system',
    components: [],
    capabilities: ['NET_ADMIN', 'SYS_CHROOT'],
  },
  'node-system': { title: 'Debian with systemd and containerd', made: 'built', base: 'host', tools: true },
  node: {
    title: 'Image of a cluster’s nodes',
    made: 'baked',
    name: 'node',
    base: 'node-system',
    components: [
      'coredns',
      'crictl',
      'etcd',
      'etcdctl',
      'flannel',
      'flanneld',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-proxy',
      'kube-scheduler',
      'kubeadm',
      'kubectl',
      'kubelet',
      'pause',
    ],
  },
  gateway: {
    title: 'Image of a cluster’s gateway',
    made: 'built',
    base: 'host',
    tools: true,
    components: ['registry'],
  },
};

/** The images that containers are made from; without one of these nothing runs. */
export const neededImages: readonly ImageName[] = ['host'];

/** What environments of kind `docker` need beside those. */
export const dockerImages: readonly ImageName[] = ['docker-node'];

/** What clusters need beside those. */
export const clusterImages: readonly ImageName[] = ['node', 'gateway'];

export const imageFolder = (name: ImageName): string => imagesFolder(name);

/** What several Dockerfiles use. */
export const toolsFolder = (): string => imagesFolder('tools');

/** What containers run in nodes that have none of Docker's own images: made of Debian's packages. */
export const appsFolder = (): string => join(imageFolder('gateway'), 'apps');

const imagesFolder = (name: string): string => join(productRoot(), 'resources', 'images', name);

/** Binaries of components that the image is made with. */
export const componentsOf = (name: ImageName): readonly string[] => {
  const image = images[name];
  return image.made === 'root' ? [] : (image.components ?? []);
};

/** Changes with anything that goes into the image, so that an image of that name is always the right one. */
export function imageHash(name: ImageName): string {
  const image = images[name];
  const from = [
    ...(image.base ? [imageHash(image.base)] : []),
    ...(image.made === 'built' && image.tools ? [contentHash(toolsFolder(), '')] : []),
    ...(image.made === 'built' && image.apps ? [contentHash(appsFolder(), '')] : []),
    ...componentHashes(componentsOf(name)),
  ];
  return contentHash(imageFolder(name), from.join(' '));
}

/** Of the components that these binaries belong to. */
const componentHashes = (binaries: readonly string[]): string[] =>
  binaries.length === 0
    ? []
    : pins()
        .components.filter((component) => component.binaries.some((binary) => binaries.includes(binary)))
        .map(componentHash);

/** What to give as `ContainerSpec.image`: `patchbay/host:0123456789ab`. */
export const imageReference = (name: ImageName): string => `patchbay/${name}:${imageHash(name)}`;
