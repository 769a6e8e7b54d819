import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testOwner } from '../../../resources/setup/test-session.mjs';
import { connectDocker, type DockerConnection } from './connect.ts';
import { findEndpoint } from './findEndpoint.ts';
import { prepareImages } from './images/prepareImages.ts';
import { imageReference } from './images/table.ts';
import { label } from './labels.ts';
import type { ContainerEvent, ContainerSpec } from './model.ts';

const owner = testOwner('docker');
const image = imageReference('host');
let docker: DockerConnection;
let node: string;

const spec = (name: string, more: Partial<ContainerSpec> = {}): ContainerSpec => ({
  name: `${owner}-${name}`,
  image,
  labels: { [label.owner]: owner, [label.role]: 'node' },
  ...more,
});

beforeAll(async () => {
  docker = await connectDocker(await findEndpoint());
  await prepareImages(docker, () => undefined);
  node = await docker.create(spec('a', { hostname: 'a', sysctls: { 'net.ipv4.ip_forward': '0' } }));
  await docker.start(node);
});

afterAll(async () => {
  for (const it of await docker.list({ [label.owner]: owner })) await docker.remove(it.id);
  docker.close();
});

test('a container goes through its states', async () => {
  const id = await docker.create(spec('states'));
  expect(await docker.inspect(id)).toMatchObject({ name: `${owner}-states`, state: 'created', pid: 0, image });
  await docker.start(id);
  expect(await docker.inspect(id)).toMatchObject({ state: 'running', labels: { [label.owner]: owner } });
  await docker.pause(id);
  expect((await docker.inspect(id))?.state).toBe('paused');
  await docker.unpause(id);
  await docker.rename(id, `${owner}-renamed`);
  expect((await docker.inspect(`${owner}-renamed`))?.id).toBe(id);
  expect((await docker.list({ [label.owner]: owner })).map((it) => it.name)).toContain(`${owner}-renamed`);
  await docker.remove(id);
  await docker.remove(id);
  expect(await docker.inspect(id)).toBeNull();
});

test('a command runs to its end, with stdin, both outputs and its exit code', async () => {
  const command = ['sh', '-c', 'cat; echo err >&2; exit 3'];
  expect(await docker.execToEnd(node, command, { deadlineMs: 10_000, stdin: 'grüße 🐧' })).toEqual({
    exit: 3,
    stdout: 'grüße 🐧',
    stderr: 'err\n',
  });
});

test('a command that is not there is a result', async () => {
  // 126 before Docker 25 or so, 127 after.
  const { exit, stdout } = await docker.execToEnd(node, ['no-such-tool'], { deadlineMs: 10_000 });
  expect([126, 127]).toContain(exit);
  expect(stdout).toContain('no-such-tool');
});

test('a command past its deadline is a timeout', async () => {
  const begin = performance.now();
  const late = docker.execToEnd(node, ['timeout', '-k', '1', '2', 'sleep', '5'], { deadlineMs: 300 });
  await expect(late).rejects.toMatchObject({ code: 'timeout' });
  expect(performance.now() - begin).toBeLessThan(25_000);
});

test('much output arrives whole, however slowly it is read', async () => {
  const exec = await docker.exec(node, { command: ['sh', '-c', 'seq 1 400000; echo end >&2'] });
  let bytes = 0;
  let pauses = 0;
  exec.stderr?.resume();
  for await (const chunk of exec.stream) {
    bytes += chunk.length;
    if (pauses++ < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(bytes).toBe(2_688_895);
  expect(await exec.exit).toBe(0);
});

test('a terminal has its size, takes another, and tells its pid', async () => {
  const exec = await docker.exec(node, {
    command: ['bash', '--norc'],
    tty: { cols: 91, rows: 17 },
    env: ['PS1=$ ', 'TERM=xterm'],
    workdir: '/tmp',
  });
  let text = '';
  exec.stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const shows = async (wanted: string) => expect.poll(() => text, { timeout: 5000 }).toContain(wanted);
  exec.stream.write('stty size; pwd\n');
  await shows('17 91');
  await shows('/tmp');
  expect(await exec.pid()).toBeGreaterThan(1);
  await exec.resize(120, 40);
  exec.stream.write('stty size\n');
  await shows('40 120');
  exec.stream.write('exit 4\n');
  expect(await exec.exit).toBe(4);
  await exec.resize(80, 24);
});

test('a dropped stream ends for us', async () => {
  const exec = await docker.exec(node, { command: ['sleep', '2'], tty: { cols: 80, rows: 24 } });
  exec.drop();
  await exec.exit;
  expect(exec.stream.destroyed).toBe(true);
});

test('files are read through links and written', async () => {
  await docker.writeFile(node, '/tmp/note', 'hello', 0o600);
  expect(Buffer.from((await docker.readFile(node, '/tmp/note')) ?? '').toString()).toBe('hello');
  await docker.execToEnd(node, ['sh', '-c', 'ln -s /tmp/note /tmp/one; ln -s one /tmp/two; mkdir /tmp/folder'], {
    deadlineMs: 5000,
  });
  expect(Buffer.from((await docker.readFile(node, '/tmp/two')) ?? '').toString()).toBe('hello');
  expect(Buffer.from((await docker.readFile(node, '/etc/hosts')) ?? '').toString()).toContain('localhost');
  expect(await docker.readFile(node, '/tmp/none')).toBeNull();
  expect(await docker.readFile(node, '/tmp/folder')).toBeNull();
  await expect(docker.readFile('0'.repeat(64), '/tmp/note')).rejects.toMatchObject({ code: 'not-found' });
  await docker.execToEnd(node, ['truncate', '-s', '2M', '/tmp/big'], { deadlineMs: 5000 });
  await expect(docker.readFile(node, '/tmp/big')).rejects.toMatchObject({ code: 'limit' });
});

test('events of our containers are told, and no others', async () => {
  const stop = new AbortController();
  const events: ContainerEvent[] = [];
  let lost = 0;
  const labels = { [label.owner]: owner, [label.unit]: 'watched' };
  await docker.watch(
    labels,
    (event) => events.push(event),
    stop.signal,
    () => lost++,
  );
  const other = await docker.create(spec('other'));
  const id = await docker.create(spec('watched', { labels, command: ['true'] }));
  await docker.start(other);
  await docker.start(id);
  await expect.poll(() => events.map((it) => it.kind), { timeout: 5000 }).toEqual(['start', 'die']);
  expect(events[0]).toMatchObject({ kind: 'start', id, name: `${owner}-watched`, labels });
  stop.abort();
  expect(lost).toBe(0);
});

test('its log can be read', async () => {
  const id = await docker.create(spec('log', { command: ['sh', '-c', 'echo one; echo two >&2'] }));
  await docker.start(id);
  await expect.poll(async () => (await docker.inspect(id))?.state).toBe('stopped');
  expect((await docker.logs(id, 10)).split('\n').sort()).toEqual(['one', 'two']);
});

test('SIGTERM ends a node at once, and its orphans are reaped', async () => {
  const id = await docker.create(spec('init'));
  await docker.start(id);
  await docker.execToEnd(id, ['sh', '-c', '(sleep 0.1 &) ; sleep 0.4'], { deadlineMs: 5000 });
  const { stdout } = await docker.execToEnd(id, ['ps', '-eo', 'stat,comm'], { deadlineMs: 5000 });
  expect(stdout).not.toContain('Z');
  await docker.execToEnd(id, ['kill', '1'], { deadlineMs: 5000 });
  await expect.poll(async () => (await docker.inspect(id))?.state, { timeout: 1500 }).toBe('stopped');
});

test('faults have their own codes', async () => {
  await expect(docker.create(spec('x', { image: 'patchbay/none:none' }))).rejects.toMatchObject({ code: 'not-found' });
  await expect(docker.create(spec('a'))).rejects.toMatchObject({ code: 'conflict' });
  await expect(docker.start('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' });
  expect(await docker.hasImage('patchbay/none:none')).toBe(false);
  expect(await docker.hasImage(image)).toBe(true);
});

test('a container gets memory, a volume of its own, devices and a cgroup namespace', async () => {
  const volume = { target: '/var/kept', labels: { [label.owner]: owner } };
  const id = await docker.create(
    spec('furnished', {
      tmpfs: { '/quick': 'exec' },
      volumes: [volume],
      deviceRules: ['c 1:11 rwm'],
      cgroupNamespace: 'private',
      seccomp: 'unconfined',
      apparmor: 'unconfined',
      capAdd: ['MKNOD'],
    }),
  );
  await docker.start(id);
  const { stdout } = await docker.execToEnd(
    id,
    [
      'sh',
      '-c',
      'grep -E " (/quick|/var/kept) " /proc/mounts | cut -d" " -f2; mknod /dev/kmsg c 1 11; test -r /dev/kmsg; echo $?; head -1 /proc/self/cgroup',
    ],
    { deadlineMs: 10_000 },
  );
  expect(stdout.split('\n').sort()).toEqual(expect.arrayContaining(['/quick', '/var/kept', '0']));
  // Outside its namespace the path would hold the container's id.
  expect(stdout).not.toContain(id);
  const volumes = () => docker.housekeeping.volumes({ [label.owner]: owner });
  expect(await volumes()).toHaveLength(1);
  await docker.remove(id);
  expect(await volumes()).toEqual([]);
});

test('an archive is unpacked into a container that was not started yet', async () => {
  const id = await docker.create(spec('filled'));
  const archive = pack();
  archive.entry({ name: 'etc/made/here', mode: 0o600 }, 'content');
  archive.finalize();
  await docker.writeArchive(id, '/', await buffer(archive));
  await docker.start(id);
  expect(Buffer.from((await docker.readFile(id, '/etc/made/here')) ?? '').toString()).toBe('content');
  await docker.remove(id);
});

test('a container is shut down by its own signal, twice too', async () => {
  const id = await docker.create(spec('stopping', { stopSignal: 'SIGTERM' }));
  await docker.start(id);
  await docker.shutDown(id, 5);
  expect((await docker.inspect(id))?.state).toBe('stopped');
  await docker.shutDown(id, 5);
  await docker.remove(id);
});

test('the engine tells what a cluster has to know', async () => {
  const { cgroupVersion, rootless, operatingSystem } = await docker.info();
  expect([1, 2]).toContain(cgroupVersion);
  expect(typeof rootless).toBe('boolean');
  expect(operatingSystem).not.toBe('');
});
