import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testOwner } from '../../../resources/setup/test-session.mjs';
import type { TerminalView } from '../../contract/models/terminal.ts';
import type { DockerConnection } from '../docker/connect.ts';
import { prepareImages } from '../docker/images/prepareImages.ts';
import { imageReference } from '../docker/images/table.ts';
import { label } from '../docker/labels.ts';
import { reachDocker } from '../docker/reachDocker.ts';
import { productRoot } from '../root.ts';
import { Mirror, type ShellMark } from './mirror.ts';
import { ShellMarks } from './shellMarks.ts';
import type { TerminalRecord } from './terminalJournal.ts';
import { Terminals } from './terminals.ts';
import { typeCommand } from './typing.ts';

const owner = testOwner('terminals');
const size = { cols: 100, rows: 30 };
const place = { run: 'r', node: 'pc1' };
const patience = { deadlineMs: 15_000, pace: 'at-once' } as const;

let docker: DockerConnection;
let folder: string;
let containers: Record<string, string> = {};
let terminals: Terminals;
let records: Map<string, TerminalRecord>;
let changes: TerminalView[];

async function node(name: string): Promise<string> {
  const id = await docker.create({
    name: `${owner}-${name}-${Math.random().toString(36).slice(2, 8)}`,
    image: imageReference('host'),
    hostname: name,
    labels: { [label.owner]: owner, [label.role]: 'node' },
    capAdd: ['NET_ADMIN', 'NET_RAW'],
  });
  await docker.start(id);
  // The one beside this test, not the one that the image was built with.
  const bashrc = await readFile(join(productRoot(), 'resources/images/host/files/root/.bashrc'));
  await docker.writeFile(id, '/root/.bashrc', bashrc, 0o644);
  return id;
}

const engine = (hostTerminal = false) =>
  new Terminals({
    docker,
    containerOf: async (_, name) => containers[name] ?? '',
    journal: {
      opened: async (record) => void records.set(record.id, record),
      closed: async (_, id) => void records.delete(id),
      renamed: async () => {},
    },
    changed: (view) => changes.push(view),
    folder,
    hostTerminal,
  });

beforeAll(async () => {
  docker = await reachDocker();
  await prepareImages(docker, () => undefined);
  containers = { pc1: await node('pc1') };
});

afterAll(async () => {
  for (const it of await docker.list({ [label.owner]: owner })) await docker.remove(it.id);
  docker.close();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terminals-'));
  records = new Map();
  changes = [];
  terminals = engine();
});

afterEach(async () => {
  for (const { id } of records.values()) await terminals.close(id).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

/** A page: a screen of its own, which acknowledges what it has read. */
async function look(id: string, of: Terminals = terminals) {
  const screen = new Mirror(size);
  const chunks: Buffer[] = [];
  const { viewer, terminal } = await of.attach(id, size, {
    write: (bytes) => {
      chunks.push(Buffer.from(bytes));
      screen.write(bytes, () => viewer.ack(bytes.length));
    },
  });
  const key = (keys: string) => viewer.input(Buffer.from(keys));
  const sees = (text: string | RegExp) =>
    expect.poll(() => screen.text().replaceAll(/ +$/gm, ''), { timeout: 30_000, interval: 20 }).toMatch(text);
  return { viewer, terminal, screen, key, sees, bytes: () => Buffer.concat(chunks) };
}

const inNode = async (script: string): Promise<string> =>
  (await docker.execToEnd(containers.pc1 ?? '', ['sh', '-c', script], { deadlineMs: 10_000 })).stdout;

const dtachOf = async (id: string): Promise<string[]> =>
  (await inNode('pgrep -x dtach -a')).split('\n').filter((it) => it.includes(id));

const atPrompt = (id: string) =>
  expect.poll(() => terminals.get(id).lastMark(), { timeout: 30_000, interval: 20 }).toBe('B');

/** Resolves when what was printed is on the disk: two looks, a little apart, see the same. */
async function written(): Promise<void> {
  const sizes = async () => {
    const files = await readdir(folder, { recursive: true });
    return Promise.all(files.map(async (it) => `${it} ${(await stat(join(folder, it)).catch(() => null))?.size}`));
  };
  for (let before = ''; ; ) {
    const now = (await sizes()).join();
    if (now === before) return;
    before = now;
    // What comes last may stand in memory only, for a shorter time than this.
    await sleep(60);
  }
}

/** As a killed engine: nothing is told to anybody, the streams are gone. */
async function crash(kept: 'kept' | 'nothing kept' = 'kept'): Promise<Terminals> {
  await written();
  const dead = terminals;
  for (const { id } of records.values()) dead.get(id).disconnect();
  terminals = engine();
  if (kept === 'nothing kept') await rm(folder, { recursive: true });
  await terminals.restore([...records.values()]);
  return terminals;
}

test('a prompt, a command, its output and exit code', async () => {
  const { id, title } = await terminals.open(place, size);
  expect(title).toBe('pc1');
  const page = await look(id);
  await page.sees(/root@pc1:~#$/);
  const terminal = terminals.get(id);
  expect(await typeCommand(terminal, 'printf "one\\ntwo\\n"; (exit 3)', { ...patience, pace: 'person' })).toEqual({
    exit: 3,
    output: 'one\ntwo\n',
  });
  expect(await typeCommand(terminal, 'stty size', patience)).toEqual({ exit: 0, output: '30 100\n' });
  expect((await typeCommand(terminal, 'ip link show lo | head -1', patience)).output).toMatch(/^1: lo: <LOOPBACK/);
  await page.sees('stty size');
});

test('several lines, a document, a tab, a mistake', async () => {
  const terminal = terminals.get((await terminals.open(place, size)).id);
  const lines = 'for i in 1 2; do\n  echo "n $i"\ndone\ncat <<E\na\tb\nE\nfalse';
  expect(await typeCommand(terminal, lines, patience)).toEqual({ exit: 1, output: 'n 1\nn 2\na\tb\n' });
  expect(
    await typeCommand(terminal, 'cat\necho after', { ...patience, deadlineMs: 700 }).catch((error) => error.code),
  ).toBe('timeout');
  await expect(typeCommand(terminal, 'echo "\nno end', patience)).rejects.toMatchObject({ code: 'bad-input' });
  expect(await typeCommand(terminal, 'if )\necho on', patience)).toMatchObject({
    exit: 0,
    output: expect.stringContaining('on\n'),
  });
  expect(await typeCommand(terminal, '# nothing', patience)).toMatchObject({ output: '' });
  expect(await typeCommand(terminal, 'exit 4', patience)).toMatchObject({ exit: null });
});

test('a command that does not end is interrupted and said', async () => {
  const terminal = terminals.get((await terminals.open(place, size)).id);
  await typeCommand(terminal, 'true', patience);
  const wait = typeCommand(terminal, 'echo begun; sleep 60', { ...patience, deadlineMs: 800 });
  await expect(wait).rejects.toMatchObject({ code: 'timeout', data: { output: 'begun\n' } });
  expect(await typeCommand(terminal, 'echo on', patience)).toEqual({ exit: 0, output: 'on\n' });
});

test('characters of every length go both ways as they are', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await page.sees('#');
  const text = 'grüße ß 漢字 🦊 👩‍🚀 é';
  page.key(`printf '%s' '${text}' | sha256sum\r`);
  await page.sees(createHash('sha256').update(text).digest('hex'));
  await page.sees(text);
});

test('a long paste arrives whole', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await typeCommand(terminals.get(id), 'true', patience);
  const text = Array.from({ length: 2000 }, (_, i) => `line ${i} of a long paste`).join('\r');
  page.key('cat > /tmp/pasted; sha256sum /tmp/pasted\r');
  await sleep(200);
  page.key(`${text}\r\x04`);
  const wanted = createHash('sha256')
    .update(`${text.replaceAll('\r', '\n')}\n`)
    .digest('hex');
  await page.sees(wanted);
});

test('vim fills the screen, who attaches sees it, and it gives the screen back', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await page.sees('#');
  page.key('echo before; vim /etc/hosts\r');
  await page.sees(/~\n~\n/);
  expect(page.screen.alternate).toBe(true);
  const second = await look(id);
  await second.sees('localhost');
  expect(second.screen.alternate).toBe(true);
  expect(second.screen.text()).toBe(page.screen.text());
  second.viewer.resize({ cols: 90, rows: 20 });
  page.key(':q!\r');
  await page.sees('before');
  expect(second.screen.alternate).toBe(false);
  expect((await typeCommand(terminals.get(id), 'stty size', patience)).output).toBe('20 90\n');
});

test('less and tcpdump behave', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await page.sees('#');
  page.key('seq 500 | less\r');
  await page.sees(/\n:$/);
  page.key('G');
  await page.sees(/500\n\(END\)/);
  page.key('q');
  await page.sees(/#\s*$/);
  page.key('tcpdump -lni lo & sleep 0.5; ping -c 1 127.0.0.1 >/dev/null; sleep 0.3; kill %1\r');
  await page.sees('ICMP echo request');
  page.key('\r\r');
  await page.sees('packets captured');
});

test('50 MB go through without one byte lost and with flat memory', async () => {
  const { id } = await terminals.open(place, size);
  await typeCommand(terminals.get(id), 'true', patience);
  const wanted = await inNode(
    'yes "0123456789 äöü 🦊 abcdefghijklmnopqrstuvwxyz" | head -c 50000000 > /tmp/big; sha256sum < /tmp/big',
  );
  const hash = createHash('sha256');
  const marks = new ShellMarks();
  let stage: ShellMark = 'B';
  let bytes = 0;
  let most = 0;
  const done = new Promise<void>((resolve) => {
    const opened = terminals.attach(id, size, {
      write: (chunk) => {
        for (const part of marks.feed(chunk)) {
          if (part.kind === 'mark') stage = part.mark;
          else if (stage === 'C') {
            hash.update(part.bytes);
            bytes += part.bytes.length;
          }
        }
        most = Math.max(most, process.memoryUsage().rss);
        if (bytes > 0 && stage === 'B') resolve();
        setImmediate(() => opened.then(({ viewer }) => viewer.ack(chunk.length)));
      },
    });
  });
  await sleep(200);
  const before = process.memoryUsage().rss;
  const begin = performance.now();
  terminals.get(id).input(Buffer.from('stty -opost; cat /tmp/big; stty opost\r'));
  await done;
  const seconds = (performance.now() - begin) / 1000;
  const grown = (most - before) / 1e6;
  console.info(`${(bytes / 1e6 / seconds).toFixed(1)} MB/s, ${grown.toFixed(0)} MB more memory`);
  expect(bytes).toBe(50_000_000);
  expect(hash.digest('hex')).toBe(wanted.split(' ')[0]);
  expect(grown).toBeLessThan(100);
}, 90_000);

test('after a crash: the same shell, its screen and its scrollback', async () => {
  const { id } = await terminals.open(place, size);
  const terminal = terminals.get(id);
  const { output: pid } = await typeCommand(terminal, 'echo $$', patience);
  await typeCommand(terminal, 'seq 300; x=kept', patience);
  await terminal.lastMark();
  const before = terminal.mirror.text();
  await crash();
  const page = await look(id);
  await page.sees(/300\nroot@pc1:~#$/);
  expect(page.screen.text()).toBe(before);
  expect(await typeCommand(terminals.get(id), 'echo $$ $x', patience)).toEqual({
    exit: 0,
    output: `${pid.trim()} kept\n`,
  });
  // The client of the dead engine is gone: one master, one client.
  expect(await dtachOf(id)).toHaveLength(2);
});

test('after a crash in vim: the full screen is drawn again, and the one beneath it is kept', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await page.sees('#');
  page.key('echo beneath; vim /etc/hosts\r');
  await page.sees(/~\n~\n/);
  // vim clears its last line when it draws again.
  const text = (it: typeof page) => it.screen.text().split('\n').slice(0, -1);
  const before = text(page);
  await crash();
  const again = await look(id);
  await expect.poll(() => text(again)).toEqual(before);
  again.key(':q!\r');
  await again.sees(/beneath\nroot@pc1:~#$/);
});

test('after a crash with nothing kept the prompt is drawn again', async () => {
  const { id } = await terminals.open(place, size);
  const { output: pid } = await typeCommand(terminals.get(id), 'echo $$', patience);
  // The command is over before its shell has drawn the next prompt, and only a prompt that stood there is drawn again.
  await atPrompt(id);
  await crash('nothing kept');
  await (await look(id)).sees(/^root@pc1:~#$/);
  expect((await typeCommand(terminals.get(id), 'echo $$', patience)).output).toBe(pid);
});

test('five crashes, one after another, lose no shell', async () => {
  const { id } = await terminals.open(place, size);
  const { output: pid } = await typeCommand(terminals.get(id), 'echo $$', patience);
  for (let i = 0; i < 5; i++) {
    await crash();
    expect((await typeCommand(terminals.get(id), 'echo $$', patience)).output).toBe(pid);
  }
});

test('close ends the shell and what runs in it, and leaves nothing', async () => {
  const { id } = await terminals.open(place, size);
  const { output: pid } = await typeCommand(terminals.get(id), 'sleep 1000 & echo $$', patience);
  await terminals.close(id);
  expect(await dtachOf(id)).toEqual([]);
  expect(await inNode(`ls /run/patchbay/term | grep ${id}; pgrep -x sleep -a | grep 1000`)).toBe('');
  expect(await inNode(`kill -0 ${pid.split('\n').at(-2)} 2>&1`)).toContain('No such process');
  expect((await readdir(folder)).filter((it) => it.startsWith(id))).toEqual([]);
  expect(changes.at(-1)).toMatchObject({ id, state: 'ended' });
  await expect(terminals.attach(id, size, { write: () => {} })).rejects.toMatchObject({ code: 'not-found' });
});

test('a shell that exits is an ended terminal, with its screen', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await page.sees('#');
  page.key('echo last words; exit\r');
  await expect.poll(() => terminals.get(id).view.state).toBe('ended');
  await page.sees('last words');
  expect(page.screen.text()).not.toContain('dtach');
  await crash();
  await expect.poll(() => terminals.get(id).view.state).toBe('ended');
  await (await look(id)).sees('last words');
});

test('shells that no record knows are ended by the sweep', async () => {
  const kept = await terminals.open(place, size);
  const orphan = await terminals.open(place, size);
  expect(orphan.title).toBe('pc1 2');
  for (const { id } of [kept, orphan]) await typeCommand(terminals.get(id), 'true', patience);
  records.delete(orphan.id);
  terminals.get(orphan.id).disconnect();
  await crash();
  expect(await terminals.sweep('r', containers.pc1 ?? '')).toEqual([orphan.id]);
  expect(await dtachOf(orphan.id)).toEqual([]);
  expect(await typeCommand(terminals.get(kept.id), 'echo here', patience)).toMatchObject({ output: 'here\n' });
});

test('in the container after a reset the same terminal has a new shell, under a notice', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await page.sees('#');
  page.key('echo old; vim /etc/hosts\r');
  await page.sees(/~\n~\n/);
  const old = containers.pc1 ?? '';
  await docker.remove(old);
  containers.pc1 = await node('pc1');
  await terminals.reconnect('r', 'pc1', containers.pc1);
  await page.sees(/old\n[\s\S]*— environment reset —\n[\s\S]*root@pc1:~#$/);
  expect(page.screen.alternate).toBe(false);
  expect(await typeCommand(terminals.get(id), 'ls /run/patchbay/term | wc -l', patience)).toMatchObject({ exit: 0 });
});

test('a node that was killed and started again has new shells in the same terminals', async () => {
  const again = await node('again');
  containers.again = again;
  const { id } = await terminals.open({ run: 'r', node: 'again' }, size);
  await typeCommand(terminals.get(id), 'echo first', patience);
  terminals.get(id).input(Buffer.from('kill 1\r'));
  await expect.poll(() => terminals.get(id).view.state, { timeout: 10_000 }).toBe('ended');
  await docker.start(again);
  await terminals.reconnect('r', 'again', again, 'node started again');
  expect(await typeCommand(terminals.get(id), 'echo second', patience)).toEqual({ exit: 0, output: 'second\n' });
  await terminals.get(id).lastMark();
  expect(terminals.get(id).mirror.text()).toMatch(/first[\s\S]*— node started again —[\s\S]*second/);
});

test('a half typed line is out of the way of a command', async () => {
  const { id } = await terminals.open(place, size);
  const page = await look(id);
  await page.sees('#');
  page.key('rm -rf /tmp/not-entered ');
  await page.sees('not-entered');
  expect(await typeCommand(terminals.get(id), 'echo whole', patience)).toEqual({ exit: 0, output: 'whole\n' });
});

test('a node that died ends its terminals, and a stopped one can have none', async () => {
  const dying = await node('dying');
  containers.dying = dying;
  const { id } = await terminals.open({ run: 'r', node: 'dying' }, size);
  await typeCommand(terminals.get(id), 'true', patience);
  await docker.remove(dying);
  await expect.poll(() => terminals.get(id).view.state, { timeout: 10_000 }).toBe('ended');
  await terminals.close(id);
  await expect(terminals.open({ run: 'r', node: 'dying' }, size)).rejects.toMatchObject({ code: 'not-found' });
  expect(records.size).toBe(0);
});

test('the prompt of a new shell is there soon', async () => {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const begin = performance.now();
    const { id } = await terminals.open(place, size);
    await look(id).then((page) => page.sees('#'));
    times.push(performance.now() - begin);
    await terminals.close(id);
  }
  times.sort((a, b) => a - b);
  console.info(`prompt after ${times.map((it) => it.toFixed(0)).join(', ')} ms`);
  expect(times[2]).toBeLessThan(20_000);
});
