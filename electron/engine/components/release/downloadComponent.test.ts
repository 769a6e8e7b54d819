import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Component, Release } from '../pins.ts';
import { downloadComponent } from './downloadComponent.ts';

const never = new AbortController().signal;
const step = { usually: () => undefined, detail: () => undefined };
let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patchbay-release-'));
  folder = join(root, 'made');
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

/** Upstream in small: path -> content, and beside each a `.sha256`. */
async function upstream(files: Record<string, Buffer>, use: (address: string) => Promise<void>): Promise<void> {
  const server = createServer(({ url = '' }, response) => {
    const file = files[url] ?? files[url.replace(/\.sha256$/, '')];
    if (!file) return response.writeHead(404).end();
    const sum = createHash('sha256').update(file).digest('hex');
    response.end(
      url.endsWith('.sha256') && !files[url] ? `${sum}  ${url.split('/').pop()?.replace('.sha256', '')}\n` : file,
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // It listens on a port, not on a path.
  const { port } = server.address() as AddressInfo;
  try {
    await use(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const component = (address: string, kind: Release['kind'], binaries: [string, ...string[]]): Component => {
  const url = kind === 'files' ? `${address}/v{version}/{arch}/{binary}` : `${address}/v{version}-{arch}.tar.gz`;
  return {
    ...{ name: 'part', title: 'A part', version: '1.2.3', binaries },
    release: { kind, url, checksum: `${url}.sha256` },
    compile: { kind: 'c', seconds: 1 },
  };
};
const get = (it: Component) => downloadComponent(it, { arch: 'arm64', folder, waiting: root }, step, never);

test('each binary of its own', async () => {
  const files = { '/v1.2.3/arm64/a': Buffer.from('is a'), '/v1.2.3/arm64/b': Buffer.from('is b') };
  await upstream(files, (address) => get(component(address, 'files', ['a', 'b'])));
  expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('is b');
});

test('the binaries of an archive, wherever they are in it', async () => {
  const tar = pack();
  tar.entry({ name: 'part-v1.2.3/README' }, 'words');
  tar.entry({ name: 'part-v1.2.3/bin/a' }, 'is a');
  tar.finalize();
  const archive = gzipSync(await buffer(tar));
  await upstream({ '/v1.2.3-arm64.tar.gz': archive }, async (address) => {
    await get(component(address, 'archive', ['a']));
    expect(readdirSync(folder)).toEqual(['a']);
    await expect(get(component(address, 'archive', ['a', 'z']))).rejects.toMatchObject({
      message: expect.stringContaining('no z in it'),
    });
  });
});

test('upstream says another checksum', async () => {
  const files = { '/v1.2.3/arm64/a': Buffer.from('is a'), '/v1.2.3/arm64/a.sha256': Buffer.from('0'.repeat(64)) };
  await upstream(files, (address) =>
    expect(get(component(address, 'files', ['a']))).rejects.toMatchObject({
      message: expect.stringContaining('wrong checksum'),
    }),
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('upstream says no checksum: nothing is downloaded', async () => {
  const files = { '/v1.2.3/arm64/a': Buffer.from('is a'), '/v1.2.3/arm64/a.sha256': Buffer.from('<html>') };
  await upstream(files, (address) =>
    expect(get(component(address, 'files', ['a']))).rejects.toMatchObject({
      message: expect.stringContaining('says no checksum'),
    }),
  );
});
