import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DockerConnection } from '../connect.ts';
import { bakeImage } from './bakeImage.ts';
import { type BakedImage, imageReference } from './table.ts';

const image: BakedImage = { title: 'x', made: 'baked', name: 'node', base: 'node-system', components: ['pause'] };
let binaries: string;
beforeEach(() => {
  binaries = mkdtempSync(join(tmpdir(), 'patchbay-bake-'));
  writeFileSync(join(binaries, 'pause'), 'zzz');
});
afterEach(() => rmSync(binaries, { recursive: true }));

/** An engine whose container ends with `exitCode`; what was asked of it is in `did`. */
const engine = (exitCode: number, lying: { id: string; image: string }[] = []) => {
  const did: string[] = [];
  const files = new Map<string, string>();
  const docker = {
    list: async () => lying,
    create: async () => 'c1',
    start: async () => did.push('start'),
    inspect: async () => ({ state: 'stopped', exitCode }),
    logs: async () => 'image one\nimage two',
    remove: async (id: string) => did.push(`remove ${id}`),
    images: {
      fill: async (_id: string, tar: Readable) => {
        for await (const entry of tar.pipe(extract())) {
          let text = '';
          for await (const chunk of entry) text += chunk;
          files.set(entry.header.name, text);
        }
      },
      commit: async () => 'sha256:1',
      tag: async (id: string, reference: string) => did.push(`tag ${id} ${reference}`),
    },
  };
  return { docker: docker as unknown as DockerConnection, did, files }; // only what a bake uses
};

const never = new AbortController().signal;

test('what has become of the container has the image’s name', async () => {
  const { docker, did, files } = engine(0);
  await bakeImage(docker, image, binaries, () => undefined, never);
  expect(did).toEqual(['start', `tag sha256:1 ${imageReference('node')}`, 'remove c1']);
  expect(files.get('bake/components/pause')).toBe('zzz');
  expect(files.get('bake/versions')).toMatch(/^KUBERNETES=[\d.]+$/m);
  expect([...files.keys()]).toContain('bake/bake');
});

test('a script that fails leaves no image and no container, and its last lines are in the error', async () => {
  const { docker, did } = engine(7);
  await expect(bakeImage(docker, image, binaries, () => undefined, never)).rejects.toMatchObject({
    code: 'image-failed',
    message: expect.stringContaining('ended with 7'),
    data: { image: 'node', log: ['image one', 'image two'] },
  });
  expect(did).toEqual(['start', 'remove c1']);
});

test('a component that is not there is an error, and not an image without it', async () => {
  rmSync(join(binaries, 'pause'));
  const { docker, did } = engine(0);
  await expect(bakeImage(docker, image, binaries, () => undefined, never)).rejects.toThrow(/pause/);
  expect(did).toEqual([]);
});

test('what a killed engine left behind goes, and a container from a baked image stays', async () => {
  const { docker, did } = engine(0, [
    { id: 'left', image: imageReference('node-system') },
    { id: 'theirs', image: imageReference('node') },
  ]);
  await bakeImage(docker, image, binaries, () => undefined, never);
  expect(did.filter((it) => it.startsWith('remove'))).toEqual(['remove left', 'remove c1']);
});
