import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import type { TerminalView } from '../../contract/models/terminal.ts';
import type { Docker } from '../docker/docker.ts';
import type { ExecStream } from '../docker/model.ts';
import type { TerminalRecord } from './terminalJournal.ts';
import { TERMINALS_IN_ALL, TERMINALS_PER_RUN, Terminals } from './terminals.ts';

const size = { cols: 80, rows: 24 };
let folder: string;
let records: Map<string, TerminalRecord>;
let changes: TerminalView[];
let failure: LabError | null;

/** Only what terminals ask of Docker; a shell that says nothing. */
const docker = {
  exec: async (): Promise<ExecStream> => {
    if (failure) throw failure;
    const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
    const exit = new Promise<number | null>((resolve) => stream.once('close', () => resolve(null)));
    return {
      id: 'e',
      stream,
      stderr: null,
      resize: async () => {},
      pid: async () => 1,
      exit,
      drop: () => stream.destroy(),
    };
  },
  execToEnd: async () => ({ exit: 0, stdout: 'gone-1\ngone-2\n', stderr: '' }),
} as unknown as Docker;

const engine = (hostTerminal: boolean) =>
  new Terminals({
    docker,
    containerOf: async (_, node) => {
      if (node === 'nowhere') throw new LabError('not-found', 'no such node');
      return `container-of-${node}`;
    },
    journal: {
      opened: async (record) => void records.set(record.id, record),
      closed: async (_, id) => void records.delete(id),
      renamed: async (_, id, title) => {
        const record = records.get(id);
        if (record) records.set(id, { ...record, title });
      },
    },
    changed: (view) => changes.push(view),
    folder,
    hostTerminal,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terminals-'));
  records = new Map();
  changes = [];
  failure = null;
});
afterEach(() => rm(folder, { recursive: true }));

test('terminals of a node are numbered, and a number that is free again is taken', async () => {
  const terminals = engine(false);
  const open = (node: string) => terminals.open({ run: 'r', node }, size);
  const [one, two] = [await open('pc1'), await open('pc1')];
  expect([one.title, two.title, (await open('pc2')).title]).toEqual(['pc1', 'pc1 2', 'pc2']);
  await terminals.close(one.id);
  expect((await open('pc1')).title).toBe('pc1');
  expect((await terminals.list('r')).map((it) => it.title)).toEqual(['pc1 2', 'pc2', 'pc1']);
  expect(await terminals.list('other')).toEqual([]);
});

test('the same attempt opens one shell, and a later engine finds it', async () => {
  const terminals = engine(false);
  const open = (of: Terminals, attempt: string) => of.open({ run: 'r', node: 'pc1' }, size, attempt);
  const [one, again] = await Promise.all([open(terminals, 'same'), open(terminals, 'same')]);
  expect(again.id).toBe(one.id);
  expect((await open(terminals, 'same')).id).toBe(one.id);
  expect((await open(terminals, 'other')).id).not.toBe(one.id);
  const later = engine(false);
  await later.restore([...records.values()]);
  expect((await open(later, 'same')).id).toBe(one.id);
  expect(await later.list('r')).toHaveLength(2);
});

test('opened, renamed and closed are in the journal', async () => {
  const terminals = engine(false);
  const { id } = await terminals.open({ run: 'r', node: 'pc1' }, size);
  expect(records.get(id)).toEqual({ id, run: 'r', node: 'pc1', title: 'pc1' });
  expect(await terminals.rename(id, 'mine')).toMatchObject({ title: 'mine' });
  expect(records.get(id)?.title).toBe('mine');
  await terminals.close(id);
  expect(records.size).toBe(0);
  expect(changes.at(-1)).toMatchObject({ id, state: 'ended' });
});

test('there are limits, for a run and in all, also for those who ask at once', async () => {
  const terminals = engine(false);
  const many = Array.from({ length: TERMINALS_PER_RUN + 3 }, () => terminals.open({ run: 'r0', node: 'a' }, size));
  const refused = (await Promise.allSettled(many)).filter((it) => it.status === 'rejected');
  expect(refused.map((it) => it.reason.code)).toEqual(['limit', 'limit', 'limit']);
  for (let i = TERMINALS_PER_RUN; i < TERMINALS_IN_ALL; i++)
    await terminals.open({ run: `r${1 + Math.floor(i / 10)}`, node: 'a' }, size);
  await expect(terminals.open({ run: 'last', node: 'a' }, size)).rejects.toMatchObject({ code: 'limit' });
});

test('what cannot be opened leaves nothing', async () => {
  const terminals = engine(false);
  await expect(terminals.open({ run: 'r', node: 'nowhere' }, size)).rejects.toMatchObject({ code: 'not-found' });
  failure = new LabError('conflict', 'container is not running');
  await expect(terminals.open({ run: 'r', node: 'pc1' }, size)).rejects.toMatchObject({ code: 'node-stopped' });
  expect(records.size).toBe(0);
  expect(await terminals.list('r')).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('a terminal of the own machine is only where it is allowed, and a real one', async () => {
  const own = { run: null, node: null };
  await expect(engine(false).open(own, size)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(engine(true).open({ run: 'r', node: null }, size)).rejects.toMatchObject({ code: 'bad-input' });
  const terminals = engine(true);
  const { id, title } = await terminals.open(own, { cols: 91, rows: 31 });
  expect(title).toBe('this machine');
  const seen: string[] = [];
  const { viewer } = await terminals.attach(
    id,
    { cols: 91, rows: 31 },
    { write: (bytes) => seen.push(Buffer.from(bytes).toString()) },
  );
  viewer.input(Buffer.from('stty size; printf "\\360\\237\\246\\212\\n"\r'));
  await expect.poll(() => seen.join(''), { timeout: 25_000 }).toContain('31 91');
  await expect.poll(() => seen.join('')).toContain('🦊');
  await terminals.close(id);
  expect(changes.at(-1)).toMatchObject({ id, state: 'ended' });
});

test('what was kept of terminals that no journal knows is removed', async () => {
  await writeFile(join(folder, 'old.log'), 'x');
  await writeFile(join(folder, 'old.log.1'), 'x');
  await writeFile(join(folder, 'kept.log'), '\x1b_patchbay\x1b\\as it was');
  const terminals = engine(false);
  const restoring = terminals.restore([{ id: 'kept', run: 'r', node: 'pc1', title: 'pc1' }]);
  const seen: string[] = [];
  await terminals.attach('kept', size, { write: (bytes) => seen.push(Buffer.from(bytes).toString()) });
  await restoring;
  expect(await readdir(folder)).toEqual(['kept.log']);
  await expect.poll(() => seen.join('')).toContain('as it was');
});

test('the sweep tells which shells it has ended', async () => {
  expect(await engine(false).sweep('r', 'c')).toEqual(['gone-1', 'gone-2']);
});
