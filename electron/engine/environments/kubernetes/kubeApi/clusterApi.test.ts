import { afterEach, describe, expect, test } from 'vitest';
import { type ApiDouble, apiDouble, credentials } from './apiDouble.ts';
import { ClusterApi } from './clusterApi.ts';

const closing: { close(): void }[] = [];
afterEach(() => {
  for (const each of closing.splice(0)) each.close();
});

const clusterOf = async (...how: Parameters<typeof apiDouble>): Promise<{ api: ClusterApi; server: ApiDouble }> => {
  const server = await apiDouble(...how);
  const api = new ClusterApi(() => server.open(), credentials);
  closing.push(api, server);
  return { api, server };
};

const json = (value: unknown) => JSON.stringify(value);
const soon = { deadlineMs: 3000 };

describe('get', () => {
  test('gives the JSON, and uses a connection again', async () => {
    const { api, server } = await clusterOf((asked, answer) => answer.end(json({ path: asked.url })));
    expect(await api.get('/api/v1/nodes', soon)).toEqual({ path: '/api/v1/nodes' });
    expect(await api.get('/version', soon)).toEqual({ path: '/version' });
    expect(server.opened).toBe(1);
  });

  test('gives null for what is not there', async () => {
    const { api } = await clusterOf((_, answer) => answer.writeHead(404).end(json({ kind: 'Status', message: 'no' })));
    expect(await api.get('/api/v1/namespaces/x', soon)).toBeNull();
    expect(await api.text('/log', soon)).toBeNull();
  });

  test('says what the API refused', async () => {
    const { api } = await clusterOf((_, answer) =>
      answer.writeHead(403).end(json({ kind: 'Status', message: 'nodes is forbidden' })),
    );
    await expect(api.get('/api/v1/nodes', soon)).rejects.toMatchObject({
      code: 'probe-failed',
      message: expect.stringContaining('403 nodes is forbidden'),
    });
  });

  test('is late at its deadline', async () => {
    const { api } = await clusterOf(() => undefined);
    await expect(api.get('/healthz', { deadlineMs: 100 })).rejects.toMatchObject({ code: 'probe-timeout' });
    await expect(api.text('/healthz', { deadlineMs: 100 })).rejects.toMatchObject({ code: 'probe-timeout' });
  });

  test('connects anew where the kept connection has ended', async () => {
    const { api, server } = await clusterOf((_, answer) => answer.end('{}'));
    await api.get('/a', soon);
    server.hangUp();
    expect(await api.get('/b', soon)).toEqual({});
    expect(server.opened).toBe(2);
  });

  test('says that nobody answers', async () => {
    const { api, server } = await clusterOf((_, answer) => answer.end('{}'));
    server.close();
    await expect(api.get('/a', soon)).rejects.toMatchObject({ code: 'probe-failed' });
  });
});

test('text gives what is no JSON', async () => {
  const { api } = await clusterOf((_, answer) => answer.end('Using iptables Proxier\n'));
  expect(await api.text('/log', soon)).toBe('Using iptables Proxier\n');
});

test('no other authority is trusted', async () => {
  const server = await apiDouble((_, answer) => answer.end('{}'));
  const other = { ...credentials, authority: credentials.authority.replace(/M..../, 'MIIxx') };
  const api = new ClusterApi(() => server.open(), other);
  closing.push(api, server);
  await expect(api.get('/a', soon)).rejects.toMatchObject({ code: 'probe-failed' });
});

describe('watch', () => {
  test('tells each line, and begins again when the stream ends', async () => {
    let streams = 0;
    const { api } = await clusterOf((asked, answer) => {
      streams++;
      expect(asked.url).toBe('/api/v1/pods?labelSelector=a&watch=1');
      const line = json({ type: 'ADDED', object: { n: streams } });
      // In two pieces, as networks do.
      answer.write(line.slice(0, 7));
      setTimeout(() => answer.end(`${line.slice(7)}\n`), 10);
    });
    const ending = new AbortController();
    const seen: unknown[] = [];
    await api.watch(
      '/api/v1/pods?labelSelector=a',
      ({ object }) => {
        seen.push(object);
        if (seen.length === 3) ending.abort();
      },
      ending.signal,
    );
    expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  test('ends with the signal while it waits', async () => {
    const { api } = await clusterOf((_, answer) => answer.write('\n'));
    const ending = new AbortController();
    const watching = api.watch('/api/v1/pods', () => undefined, ending.signal);
    setTimeout(() => ending.abort(), 50);
    await watching;
  });
});
