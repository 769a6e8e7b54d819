import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RealNodes, realNodes } from '../../grading/realNodes.ts';

let nodes: RealNodes;
beforeAll(async () => {
  nodes = await realNodes('inside');
}, 600_000);
afterAll(() => nodes?.close());
const node = () => nodes.environment.node('a');
const text = async (path: string) => {
  const bytes = await node().file(path);
  return bytes && new TextDecoder().decode(bytes);
};

test('its own processes, as it counts them, and none of its neighbours', async () => {
  await nodes.type('a', "setsid bash -c 'exec -a own-name sleep 1234' & sleep 0.1");
  await nodes.type('b', 'setsid sleep 4321 &');
  const processes = await node().processes();
  const shown = (await nodes.type('a', 'ps -eo pid=')).split('\n').map((line) => Number(line.trim()));
  expect(processes.find(({ pid }) => pid === 1)?.args).toEqual(['tini', '-g', '--', 'sleep', 'infinity']);
  expect(processes.every(({ pid }) => shown.includes(pid))).toBe(true);
  expect(processes.map(({ args }) => args.join(' '))).toContain('own-name 1234');
  expect(processes.map(({ args }) => args.join(' '))).not.toContain('sleep 4321');
  expect(processes.every(({ pod }) => pod === null)).toBe(true);
});

test('files: bytes, links within the node, folders, devices, what is not there', async () => {
  await nodes.type(
    'a',
    'cd /root; printf "\\377\\000x" > raw; ln -s /etc/hostname abs; ln -s ../etc/./hostname rel; ln -s /etc e',
  );
  await nodes.type(
    'a',
    'cd /root; ln -s loop loop; ln -s ../../../../../../etc/hostname out; printf own > /etc/hostname',
  );
  expect([...((await node().file('/root/raw')) ?? [])]).toEqual([0xff, 0, 0x78]);
  for (const path of ['/root/abs', '/root/rel', '/root/e/hostname', '/root/out', '/root//../root/abs'])
    expect(await text(path), path).toBe('own');
  for (const path of ['/root/none', '/none/none', '/root', '/dev/null', '/root/loop', '/root/raw/x'])
    expect(await text(path), path).toBeNull();
  expect(await text('/proc/sys/net/ipv4/ip_forward')).toBeTruthy();
});

test('a file in memory, which no archive of the container has', async () => {
  await nodes.type('a', 'echo here > /dev/shm/note');
  expect(await text('/dev/shm/note')).toBe('here\n');
});

test('a file that is too large is said, a pipe that nobody writes does not hang', async () => {
  await nodes.type('a', 'head -c 1048577 /dev/zero > /root/large; mkfifo /root/pipe');
  await expect(node().file('/root/large')).rejects.toMatchObject({
    code: 'limit',
    message: expect.stringContaining('1048577'),
  });
  expect(await text('/root/pipe')).toBeNull();
});

test('folders', async () => {
  await nodes.type('a', 'mkdir -p /root/f/sub; cd /root/f; printf 123 > "a b"; ln -s x y; mkfifo z');
  expect(await node().folder('/root/f')).toEqual([
    { name: 'a b', kind: 'file', size: 3 },
    { name: 'sub', kind: 'folder', size: expect.any(Number) },
    { name: 'y', kind: 'link', size: 1 },
    { name: 'z', kind: 'other', size: 0 },
  ]);
  expect(await node().folder('/root/f/a b')).toBeNull();
  expect(await node().folder('/none')).toBeNull();
});

test('no process of a pod there', async () =>
  expect(await node().inPod('6f1c2a34-0000-4000-8000-000000000001')).toBeNull());

test('what it costs', async () => {
  const began = performance.now();
  for (let each = 0; each < 20; each++) await node().processes();
  expect((performance.now() - began) / 20).toBeLessThan(1000);
});

test('a node that is gone is stopped, not empty', async () => {
  const gone = node();
  await nodes.docker.remove(nodes.containers.a ?? '');
  const stopped = { code: 'node-stopped' };
  await expect(gone.processes()).rejects.toMatchObject(stopped);
  await expect(gone.file('/etc/hosts')).rejects.toMatchObject(stopped);
  await expect(gone.folder('/etc')).rejects.toMatchObject(stopped);
});
