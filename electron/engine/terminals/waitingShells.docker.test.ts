import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testOwner } from '../../../resources/setup/test-session.mjs';
import type { DockerConnection } from '../docker/connect.ts';
import { prepareImages } from '../docker/images/prepareImages.ts';
import { imageReference } from '../docker/images/table.ts';
import { label } from '../docker/labels.ts';
import { reachDocker } from '../docker/reachDocker.ts';
import { Terminals } from './terminals.ts';
import { typeCommand } from './typing.ts';
import { WaitingShells } from './waitingShells.ts';

const owner = testOwner('waiting');
const folder = mkdtempSync(join(tmpdir(), 'pb-'));
let docker: DockerConnection;
let node: string;

beforeAll(async () => {
  docker = await reachDocker();
  await prepareImages(docker, () => undefined);
  node = await docker.create({
    name: owner,
    image: imageReference('host'),
    hostname: 'before',
    command: ['sleep', 'infinity'],
    labels: { [label.owner]: owner, [label.role]: 'node' },
  });
  await docker.start(node);
});

afterAll(async () => {
  await docker.remove(node);
  docker.close();
  rmSync(folder, { recursive: true, force: true });
});

const terminalsWith = (waiting: WaitingShells) =>
  new Terminals({
    docker,
    waiting,
    containerOf: async () => node,
    journal: { opened: async () => {}, closed: async () => {}, renamed: async () => {} },
    changed: () => undefined,
    folder,
    hostTerminal: false,
  });

const size = { cols: 93, rows: 27 };
const type = async (terminals: Terminals, command: string) => {
  const [{ id } = { id: '' }] = await terminals.list('run');
  return (await typeCommand(terminals.get(id), command, { deadlineMs: 15_000, pace: 'at-once' })).output.trim();
};

test('a shell that waited in a paused node is a shell like any other, of the right size, and shows nothing of how it began', async () => {
  const waiting = new WaitingShells(docker);
  await waiting.prepare(node);
  await docker.pause(node);
  await docker.unpause(node);
  const terminals = terminalsWith(waiting);
  const { id } = await terminals.open({ run: 'run', node: 'a' }, size);
  expect(await type(terminals, 'stty size')).toBe('27 93');
  expect(await type(terminals, 'stty -a | grep -o -- "-\\?\\becho\\b"')).toBe('echo');
  const shell = await type(terminals, 'echo $$');
  let seen = '';
  const { viewer } = await terminals.attach(id, size, {
    write: (bytes) => {
      seen += Buffer.from(bytes).toString();
    },
  });
  await expect.poll(() => seen).toContain('stty size');
  expect(seen).not.toContain('patchbay-waits');
  expect(seen).not.toContain(id);
  viewer.detach();
  await terminals.shutDown();

  const again = terminalsWith(new WaitingShells(docker));
  await again.restore([{ id, run: 'run', node: 'a', title: 'a' }]);
  expect(await type(again, 'echo $$')).toBe(shell);
  await again.close(id);
});

test('one that died while it waited is not missed', async () => {
  const waiting = new WaitingShells(docker);
  await waiting.prepare(node);
  await docker.execToEnd(node, ['pkill', '-f', 'patchbay-waits'], { deadlineMs: 5000 });
  await expect.poll(() => waiting.take(node), { timeout: 5000 }).toBeNull();
  const terminals = terminalsWith(waiting);
  const { id } = await terminals.open({ run: 'run', node: 'a' }, size);
  expect(await type(terminals, 'stty size')).toBe('27 93');
  await terminals.close(id);
});

test('there is one for each node, waited for while it comes, and it is given away once', async () => {
  const waiting = new WaitingShells(docker);
  void waiting.prepare(node);
  const exec = await waiting.take(node);
  expect(exec).not.toBeNull();
  expect(await waiting.take(node)).toBeNull();
  exec?.drop();
});
