import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { apiDouble, credentials } from './apiDouble.ts';
import { ClusterApi } from './clusterApi.ts';
import { credentialsIn } from './credentials.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { preferredPort, publish } from './publisher.ts';

test('what comes to the port goes through a pipe', async () => {
  const server = await apiDouble((_, answer) => answer.end('{"a":1}'));
  const published = await publish('a-run', () => server.open());
  const api = new ClusterApi(async () => connect(published.port, '127.0.0.1'), credentials);
  expect(await api.get('/x', { deadlineMs: 3000 })).toEqual({ a: 1 });
  api.close();
  published.close();
  server.close();
});

test('a port that is taken is left to whoever has it', async () => {
  const run = `taken-${process.pid}`;
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(preferredPort(run), '127.0.0.1', resolve));
  const published = await publish(run, () => Promise.reject(new Error('nobody')));
  expect(published.port).not.toBe(preferredPort(run));
  published.close();
  squatter.close();
});

test('a kubeconfig says where and who, and is read back', () => {
  const text = kubeconfigText('cluster-dns-abcde', 23456, credentials);
  expect(text).toContain('server: https://127.0.0.1:23456');
  expect(text).toContain('tls-server-name: kubernetes');
  expect(credentialsIn(text)).toEqual(credentials);
});

test('what is no kubeconfig of kubeadm is refused', () => {
  expect(() => credentialsIn('apiVersion: v1\nclusters: []\nusers: []\n')).toThrow(/kubeadm/);
});
