import { afterEach, expect, test, vi } from 'vitest';
import { LabError } from '../../../contract/error.ts';
import { bootstrap } from './bootstrap.ts';
import { buildImage } from './buildImage.ts';
import type { ImageStore } from './imageStore.ts';
import { imageReference } from './table.ts';

afterEach(() => vi.unstubAllEnvs());
const never = new AbortController().signal;

/** An engine that builds as it is told to; what it must not be asked throws. */
const store = (build: ImageStore['build'], named: string[] = []): ImageStore =>
  ({
    build,
    tag: async (id: string, reference: string) => named.push(`${id} ${reference}`),
    list: async () => [],
  }) as unknown as ImageStore; // only what a build uses

test('a build is named when it is done, after its lines were told', async () => {
  const lines: string[] = [];
  const named: string[] = [];
  const build: ImageStore['build'] = async (_context, args, onMessage) => {
    expect(args.BASE).toBe(imageReference('base'));
    onMessage({ stream: 'Step 1/2 : ARG BASE\n' });
    onMessage({ stream: '\n' });
    return 'sha256:1';
  };
  await buildImage(store(build, named), 'host', (line) => lines.push(line), never);
  expect(lines).toEqual(['Step 1/2 : ARG BASE']);
  expect(named).toEqual([`sha256:1 ${imageReference('host')}`]);
});

test('a failed build has no name, and its last lines are in the error', async () => {
  const named: string[] = [];
  const build: ImageStore['build'] = async (_context, _args, onMessage) => {
    for (let i = 1; i <= 50; i++) onMessage({ stream: `line ${i}\n` });
    throw new LabError('docker-failed', 'apt-get returned a non-zero code: 100');
  };
  const failed = buildImage(store(build, named), 'host', () => undefined, never);
  await expect(failed).rejects.toMatchObject({
    code: 'image-failed',
    message: expect.stringContaining('non-zero code: 100'),
    data: { image: 'host', log: expect.arrayContaining(['line 31', 'line 50']) },
  });
  expect(named).toEqual([]);
});

test('a full disk keeps its name', async () => {
  const build: ImageStore['build'] = () => Promise.reject(new LabError('disk-full', 'no space left on device'));
  await expect(buildImage(store(build), 'host', () => undefined, never)).rejects.toMatchObject({ code: 'disk-full' });
});

test.skipIf(process.platform !== 'linux')('without mmdebstrap the error names the package', async () => {
  vi.stubEnv('PATH', '/nowhere');
  await expect(bootstrap('/tmp/patchbay-never/root.tar', () => undefined, never)).rejects.toMatchObject({
    code: 'package-missing',
    data: { packages: expect.arrayContaining(['mmdebstrap']) },
  });
});
