import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { pins } from '../../components/pins.ts';
import { clusterImages, componentsOf, type ImageName, imageFolder, imageHash, images, neededImages } from './table.ts';

const hashes = vi.hoisted(() => new Map<string, string>());
vi.mock('../../components/componentsHash.ts', () => ({
  componentHash: ({ name }: { name: string }) => hashes.get(name) ?? name,
}));
beforeEach(() => hashes.clear());

test.each<[string, ImageName[]]>([
  ['kubernetes', ['node']],
  ['pause', ['node']],
  ['registry', ['gateway']],
])('another %s makes another image of what it is in, and of nothing else', (component, changed) => {
  const all = Object.keys(images) as ImageName[]; // Object.keys forgets the keys' type.
  const before = new Map(all.map((name) => [name, imageHash(name)]));
  hashes.set(component, 'another');
  expect(all.filter((name) => imageHash(name) !== before.get(name))).toEqual(changed);
});

test('every component is in an image, and every image asks for components that there are', () => {
  const made = pins().components.flatMap(({ binaries }) => binaries);
  const used = [...neededImages, ...clusterImages].flatMap(componentsOf);
  expect(used.toSorted()).toEqual(made.toSorted());
});

test('containerd starts pods from the pause image that is baked', () => {
  const configuration = readFileSync(join(imageFolder('node-system'), 'files/etc/containerd/config.toml'), 'utf8');
  const version = pins().components.find(({ name }) => name === 'pause')?.version;
  expect(configuration).toContain(`sandbox_image = "registry.k8s.io/pause:${version}"`);
});
