import { expect, test } from 'vitest';
import { DockerDouble } from '../runs/siteDouble.ts';
import { connectAgent } from './connect.ts';

const place = { image: 'image', owner: 'test', version: '0' };

test('closed, it makes no container any more, whoever still asks', async () => {
  const docker = new DockerDouble();
  const agent = connectAgent({ docker, ...place });
  await agent.close();
  await expect(agent.run('true')).rejects.toMatchObject({ code: 'agent-failed' });
  await expect(agent.watch('true', () => undefined, new AbortController().signal)).rejects.toMatchObject({
    code: 'agent-failed',
  });
  expect(docker.names).toEqual([]);
});

test('it is closed when the container that it was making is there to be removed', async () => {
  const docker = new DockerDouble();
  let create = () => {};
  docker.before = (operation) =>
    operation.startsWith('create') ? new Promise<void>((resolve) => (create = resolve)) : undefined;
  const agent = connectAgent({ docker, ...place });
  const asked = agent.run('true').catch(() => 'refused');
  await expect.poll(() => create.length).toBe(1);
  let closed = false;
  const closing = agent.close().then(() => (closed = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(closed).toBe(false);
  create();
  await closing;
  expect(docker.names).toEqual(['patchbay-agent-test']);
  await asked;
});
