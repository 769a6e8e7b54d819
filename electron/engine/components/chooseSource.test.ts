import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { chooseSource } from './chooseSource.ts';

const never = new AbortController().signal;

async function answering(status: number | null, use: (address: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => {
    if (status !== null) response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // It listens on a port, not on a path.
  const { port } = server.address() as AddressInfo;
  try {
    await use(`http://127.0.0.1:${port}/kubelet.sha256`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('what is set is taken, without asking anybody', async () => {
  expect(await chooseSource({ PATCHBAY_COMPONENTS: 'modules' }, never, ['http://127.0.0.1:1'])).toBe('modules');
  expect(await chooseSource({ PATCHBAY_COMPONENTS: 'release' }, never, ['http://127.0.0.1:1'])).toBe('release');
  await expect(chooseSource({ PATCHBAY_COMPONENTS: 'magic' }, never)).rejects.toMatchObject({ code: 'bad-input' });
});

test('upstream where it answers, else a compile', async () => {
  await answering(200, async (address) => expect(await chooseSource({}, never, [address])).toBe('release'));
  await answering(403, async (address) => expect(await chooseSource({}, never, [address])).toBe('modules'));
  expect(await chooseSource({}, never, ['http://127.0.0.1:1'])).toBe('modules');
});

test('a host that says nothing is not waited for', async () => {
  await answering(null, async (address) => {
    const began = performance.now();
    expect(await chooseSource({}, never, [address])).toBe('modules');
    expect(performance.now() - began).toBeLessThan(10_000);
  });
}, 15_000);
