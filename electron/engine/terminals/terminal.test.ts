import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { FakeSource } from './fakeSource.ts';
import { VIEWER_MARKS } from './flow.ts';
import { Mirror } from './mirror.ts';
import { Terminal } from './terminal.ts';

const size = { cols: 80, rows: 24 };

async function started() {
  const source = new FakeSource();
  const views: string[] = [];
  const terminal = new Terminal({ id: 't', run: 'r', node: 'n', title: 'n' }, size, (view) => views.push(view.state));
  await terminal.connect(source.open, source.open);
  return { source, terminal, views };
}

/** A page that draws everything at once, or only when told. */
function page(terminal: Terminal, draws: 'at once' | 'when told' = 'at once') {
  const chunks: Buffer[] = [];
  let undrawn = 0;
  const viewer = terminal.attach(size, {
    write: (bytes) => {
      chunks.push(Buffer.from(bytes));
      undrawn += bytes.length;
      if (draws === 'at once') setImmediate(draw);
    },
  });
  const draw = () => {
    const drawn = undrawn;
    undrawn = 0;
    viewer.ack(drawn);
  };
  return { viewer, draw, undrawn: () => undrawn, bytes: () => Buffer.concat(chunks) };
}

async function shown(bytes: Uint8Array): Promise<Mirror> {
  const mirror = new Mirror(size);
  mirror.write(bytes);
  await new Promise<void>((resolve) => mirror.settled(resolve));
  return mirror;
}

const settled = (terminal: Terminal) => terminal.lastMark();

test('a source is paused above the high mark of undrawn bytes and goes on below the low one', async () => {
  const { source, terminal } = await started();
  const slow = page(terminal, 'when told');
  await settled(terminal);
  const line = `${'x'.repeat(998)}\r\n`;
  const lines = (VIEWER_MARKS.high * 3) / 1000;
  for (let i = 0; i < lines; i++) source.say(line);
  await sleep(50);
  expect(source.paused).toBe(true);
  expect(slow.undrawn()).toBeGreaterThan(VIEWER_MARKS.high);
  expect(slow.undrawn()).toBeLessThan(VIEWER_MARKS.high + 64 * 1024 + 1000);
  expect(source.held).toBeGreaterThan(VIEWER_MARKS.high);
  await vi.waitFor(
    () => {
      slow.draw();
      expect(slow.bytes()).toHaveLength(lines * 1000);
    },
    { timeout: 25_000, interval: 10 },
  );
  expect(slow.bytes().toString()).toBe(line.repeat(lines));
});

test('a viewer that vanished holds nobody up', async () => {
  const { source, terminal } = await started();
  const gone = page(terminal, 'when told');
  const there = page(terminal);
  await settled(terminal);
  const lines = (VIEWER_MARKS.high * 3) / 1000;
  for (let i = 0; i < lines; i++) source.say('y'.repeat(1000));
  await sleep(30);
  expect(source.paused).toBe(true);
  gone.viewer.detach();
  gone.viewer.detach();
  await vi.waitFor(() => expect(there.bytes()).toHaveLength(lines * 1000), { timeout: 25_000, interval: 10 });
  expect(source.held).toBe(0);
});

test('with nobody there the mirror takes the bytes at its own pace', async () => {
  const { source, terminal } = await started();
  for (let i = 0; i < 8000; i++) source.say(`${'z'.repeat(998)}\r\n`);
  expect(source.paused).toBe(true);
  while (source.held > 0) await sleep(5);
  await settled(terminal);
  expect(source.paused).toBe(false);
  expect(terminal.mirror.text().split('\n').at(-1)).toBe('z'.repeat(38));
});

test('who comes in the middle of a flood gets a screen and every byte after it, once', async () => {
  const { source, terminal } = await started();
  const first = page(terminal);
  const pages: ReturnType<typeof page>[] = [];
  let number = 0;
  // Cut anywhere: in characters, in sequences.
  let stream = Buffer.alloc(0);
  for (let i = 0; i < 4000; i++)
    stream = Buffer.concat([stream, Buffer.from(`\x1b[3${number % 8}mline ${number++} äöü 🦊 漢字\x1b[0m\r\n`)]);
  for (let at = 0, round = 0; at < stream.length; round++) {
    const length = 1 + ((round * 7919) % 301);
    source.say(stream.subarray(at, at + length));
    at += length;
    if (round % 97 === 0) pages.push(page(terminal));
    if (round % 13 === 0) await sleep(0);
  }
  await sleep(100);
  await settled(terminal);
  expect(first.bytes().equals(stream)).toBe(true);
  const wanted = terminal.mirror.text();
  expect(pages.length).toBeGreaterThan(5);
  for (const it of pages) expect((await shown(it.bytes())).text()).toBe(wanted);
});

test('the first bytes after a rest go at once, those that follow go together', async () => {
  const { source, terminal } = await started();
  const writes: string[] = [];
  terminal.attach(size, { write: (bytes) => writes.push(Buffer.from(bytes).toString()) });
  await settled(terminal);
  source.say('a');
  expect(writes.join('')).toBe('a');
  for (const key of 'bcdef') source.say(key);
  expect(writes.join('')).toBe('a');
  await sleep(15);
  expect(writes.at(-1)).toBe('bcdef');
});

test('the latest size wins and is told once', async () => {
  const { source, terminal } = await started();
  const one = page(terminal);
  one.viewer.resize({ cols: 100, rows: 30 });
  one.viewer.resize({ cols: 100, rows: 30 });
  expect(terminal.view).toMatchObject({ cols: 100, rows: 30 });
  terminal.attach({ cols: 90, rows: 20 }, { write: () => {} });
  expect(source.sizes).toEqual([size, { cols: 100, rows: 30 }, { cols: 90, rows: 20 }]);
});

test('a shell that exits leaves its screen to be read, in the normal buffer', async () => {
  const { source, terminal, views } = await started();
  source.say('before\r\n\x1b[?1049h\x1b[?25lfull screen');
  source.stop('exited');
  await vi.waitFor(() => expect(views.at(-1)).toBe('ended'));
  const late = page(terminal);
  await settled(terminal);
  const seen = late.bytes().toString();
  expect(seen).toContain('before');
  expect(seen).not.toContain('\x1b[?25l');
  expect(seen).not.toContain('\x1b[?1049h');
});

test('a lost way to the shell is found again once, and a second loss at once is an end', async () => {
  const { source, terminal, views } = await started();
  source.stop('lost');
  await vi.waitFor(() => expect(source.sizes).toHaveLength(2));
  expect(terminal.view.state).toBe('live');
  source.stop('lost');
  await vi.waitFor(() => expect(views.at(-1)).toBe('ended'));
});

test('close ends the program, leave does not', async () => {
  const closed = await started();
  await closed.terminal.close();
  expect(closed.source.fate).toBe('ended');
  const left = await started();
  await left.terminal.leave();
  expect(left.source.fate).toBe('left');
});
