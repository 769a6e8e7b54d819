import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDocker, type DockerConnection } from '../connect.ts';
import { findEndpoint } from '../findEndpoint.ts';
import { prepareImages } from './prepareImages.ts';
import { pinned } from './pullBase.ts';
import { imageReference } from './table.ts';

const mark = { 'patchbay-test': `test-docker-${process.pid}` };
const never = new AbortController().signal;
let docker: DockerConnection;

const context = async (...lines: string[]) => {
  const tar = pack();
  tar.entry(
    { name: 'Dockerfile' },
    `FROM ${imageReference('host')}\nLABEL patchbay-test=${mark['patchbay-test']}\n${lines.join('\n')}\n`,
  );
  tar.finalize();
  return Readable.from(await buffer(tar));
};

beforeAll(async () => {
  docker = await connectDocker(await findEndpoint());
  await prepareImages(docker, () => undefined);
}, 600_000);

afterAll(async () => {
  for (const it of await docker.images.list(mark)) await docker.images.remove(it.id);
  docker.close();
});

test('a build prints as it goes and ends with an id that can be named', async () => {
  let output = '';
  const lines = await context(`RUN echo hello-${process.pid}`);
  const id = await docker.images.build(
    lines,
    {},
    (it) => {
      output += it.stream ?? '';
    },
    never,
  );
  expect(output).toContain(`hello-${process.pid}`);
  await docker.images.tag(id, `test-docker/x:${process.pid}`);
  expect((await docker.images.find(id))?.tags).toEqual([`test-docker/x:${process.pid}`]);
  await docker.images.remove(`test-docker/x:${process.pid}`);
});

test('a build that fails says what failed, and leaves no container', async () => {
  const failed = docker.images.build(await context(`RUN echo ${process.pid}; exit 7`), {}, () => undefined, never);
  await expect(failed).rejects.toMatchObject({
    code: 'docker-failed',
    message: expect.stringContaining('non-zero code: 7'),
  });
  expect(await docker.list(mark)).toEqual([]);
});

test('a build ends when it is interrupted', async () => {
  const stop = new AbortController();
  const lines = await context(`RUN echo begun-${process.pid}; sleep 30`);
  const begin = performance.now();
  const building = docker.images.build(
    lines,
    {},
    (it) => {
      if (it.stream?.startsWith('begun')) stop.abort();
    },
    stop.signal,
  );
  await expect(building).rejects.toBeInstanceOf(Error);
  expect(performance.now() - begin).toBeLessThan(15_000);
  await expect.poll(async () => (await docker.list(mark)).length, { timeout: 15_000 }).toBe(0);
});

test('a registry that is not there is known quickly', async () => {
  const begin = performance.now();
  const reference = pinned().replace('debian:', 'localhost:1/debian:');
  await expect(docker.images.pull(reference, () => undefined, 10_000, never)).rejects.toMatchObject({
    code: expect.stringMatching(/docker-failed|not-found|timeout/),
  });
  expect(performance.now() - begin).toBeLessThan(12_000);
});
