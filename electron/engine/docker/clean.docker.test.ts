import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import Dockerode from 'dockerode';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testOwner } from '../../../resources/setup/test-session.mjs';
import { clean } from './clean.ts';
import { connectDocker, type DockerConnection } from './connect.ts';
import { findEndpoint } from './findEndpoint.ts';
import { cleanImages } from './images/cleanImages.ts';
import { label } from './labels.ts';

const owner = testOwner('docker-clean');
/** A label of the test's own, to find what stands beside; it is none of ours. */
const beside = { 'patchbay-test': owner };
const never = new AbortController().signal;
let docker: DockerConnection;
let raw: Dockerode;
let image: string;

const emptyImage = async (changes: string[]) => {
  const tar = pack();
  tar.entry({ name: 'note' }, `${owner} ${changes.join()}`);
  tar.finalize();
  return docker.images.importRoot(Readable.from(await buffer(tar)), ['CMD ["x"]', ...changes], never);
};

beforeAll(async () => {
  const endpoint = await findEndpoint();
  docker = await connectDocker(endpoint);
  raw = new Dockerode({ socketPath: endpoint.address.replace('unix://', '') });
  image = await emptyImage([]);
});

afterAll(async () => {
  for (const it of await docker.list(beside)) await docker.remove(it.id);
  for (const it of await docker.housekeeping.volumes(beside)) await docker.housekeeping.removeVolume(it);
  for (const it of await docker.images.list(beside)) await docker.images.remove(it.id);
  await docker.images.remove(image);
  docker.close();
});

test('what has our label goes, and nothing else', async () => {
  const ours = { [label.owner]: owner };
  const foreign = await docker.create({ name: `${owner}-foreign`, image, labels: beside });
  const other = await docker.create({
    name: `${owner}-other`,
    image,
    labels: { ...beside, [label.owner]: `${owner}-2`, [label.role]: 'node' },
  });
  await docker.create({ name: `${owner}-a`, image, labels: { ...ours, [label.role]: 'node' } });
  await docker.create({ name: `${owner}-b`, image, labels: { ...ours, [label.role]: 'agent' } });
  await raw.createVolume({ Name: `${owner}-mine`, Labels: ours });
  await raw.createVolume({ Name: `${owner}-foreign`, Labels: beside });
  await raw.createNetwork({ Name: `${owner}-mine`, Labels: ours, Driver: 'bridge', Internal: true }).catch(() => null);
  const networks = (await docker.housekeeping.networks(ours)).length;

  expect(await clean(docker, { owner, images: false })).toEqual({ containers: 2, volumes: 1, networks, images: 0 });
  expect(await docker.list(ours)).toEqual([]);
  expect((await docker.list(beside)).map((it) => it.id).sort()).toEqual([foreign, other].sort());
  expect(await docker.housekeeping.volumes(beside)).toEqual([`${owner}-foreign`]);
  expect(await clean(docker, { owner, images: false })).toEqual({ containers: 0, volumes: 0, networks: 0, images: 0 });
});

test('old images go, the present one and those of others stay', async () => {
  const name = owner;
  const tag = async (id: string, reference: string) => {
    await docker.images.tag(id, reference);
    return reference;
  };
  const mark = [`LABEL ${label.image}=${name}`, `LABEL patchbay-test=${owner}`];
  const present = await tag(await emptyImage([...mark, 'ENV A=1']), `patchbay/${name}:new`);
  const old = await tag(await emptyImage([...mark, 'ENV A=2']), `patchbay/${name}:old`);
  const built = await tag(await emptyImage([...mark, 'ENV A=3']), `somebody/${name}:own`);
  const used = await tag(await emptyImage([...mark, 'ENV A=4']), `patchbay/${name}:used`);
  await docker.create({ name: `${owner}-uses`, image: used, labels: beside });

  expect(await cleanImages(docker.images, 'old', { [name]: present })).toBe(1);
  expect(await Promise.all([present, old, built, used].map((it) => docker.hasImage(it)))).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(await cleanImages(docker.images, 'all', { [name]: present })).toBe(1);
});
