import { expect, test } from 'vitest';
import { FloodGate, type GatedScreen } from './floodGate.ts';
import { Mirror } from './mirror.ts';
import { linesBefore } from './plainLines.ts';

const size = { cols: 40, rows: 10 };
const settled = (mirror: Mirror) => new Promise<void>((resolve) => mirror.settled(resolve));
const pictureOf = (mirror: Mirror) => Buffer.from(mirror.snapshot()).toString();

const lines = (count: number, first = 0) =>
  Array.from({ length: count }, (_, at) => `line ${first + at} äö 漢\tend\r\n`).join('');

/** In pieces of all lengths, some at once and some with a rest between. */
async function fed(stream: Buffer, gathered: boolean): Promise<Mirror> {
  const mirror = new Mirror(size);
  for (let at = 0, round = 0; at < stream.length; round++) {
    const length = 1 + ((round * 7919) % 40_000);
    mirror.write(stream.subarray(at, at + length));
    at += length;
    if (!gathered) await settled(mirror);
  }
  await settled(mirror);
  return mirror;
}

test.each([
  ['plain lines', lines(12_000)],
  ['what stood on the screen before', `\x1b[31mred\x1b[0m\x1b[5;20Hleft over\x1b[1;1H${lines(12_000)}$ `],
  ['modes set on the way', `${lines(6000)}\x1b[?2004h\x1b[32m${lines(9000)}\x1b[?25l`],
  ['a colour that stays', `\x1b[33m${lines(12_000)}after`],
  ['a full screen', `before\r\n\x1b[?1049h${lines(8000)}\x1b[?1049l$ `],
  ['a scroll region', `top\r\nstays\r\n\x1b[3;8r\x1b[4;1H${lines(8000)}`],
  ['a scroll region that began in the flood', `${lines(3000)}\x1b[3;8r\x1b[4;1H${lines(8000)}`],
  ['the inside of a title that is never ended', `a\x1b]0;${lines(8000)}`],
  ['lines that wrap', `${'w'.repeat(95)}\r\n`.repeat(9000)],
  ['lines without a return', `${'x\n'.repeat(9000)}${lines(8000)}`],
  ['one long line', `${'y'.repeat(600_000)}\r\n${lines(7000)}`],
  ['controls of two bytes', `${lines(2000)}\u009b3;8r${lines(8000)}`],
])('after a flood with %s the screen is the same as after each byte of it', async (_, text) => {
  const stream = Buffer.from(text);
  expect(pictureOf(await fed(stream, true))).toBe(pictureOf(await fed(stream, false)));
});

test('who waits in the middle of a flood sees what was written until then', async () => {
  const mirror = new Mirror(size);
  const pictures: string[] = [];
  for (let part = 0; part < 20; part++) {
    mirror.write(Buffer.from(lines(2000, part * 2000)));
    mirror.settled(() => pictures.push(mirror.text().split('\n').at(-1) ?? ''));
  }
  await settled(mirror);
  expect(pictures).toEqual(
    Array.from({ length: 20 }, (_, part) => expect.stringContaining(`line ${part * 2000 + 1999} `)),
  );
});

/** A screen that only counts. */
class Counting implements GatedScreen {
  readonly reach = 100;
  written = 0;
  write(bytes: Uint8Array, done: () => void): void {
    this.written += bytes.length;
    setImmediate(done);
  }
  scrolls(): boolean {
    return true;
  }
}

test('most of a flood is not read, and each piece of it is done, in order', async () => {
  const screen = new Counting();
  const gate = new FloodGate(screen);
  const done: number[] = [];
  const chunk = Buffer.from(lines(1000));
  for (let n = 0; n < 200; n++) gate.write(chunk, () => done.push(n));
  await new Promise<void>((resolve) => gate.settled(resolve));
  expect(done).toEqual(Array.from({ length: 200 }, (_, n) => n));
  expect(screen.written).toBeLessThan(chunk.length * 20);
  gate.close();
});

test('little output is read at once, or after a moment', async () => {
  const screen = new Counting();
  const gate = new FloodGate(screen);
  gate.write(Buffer.from('a'), () => {});
  expect(screen.written).toBe(1);
  await new Promise<void>((resolve) => gate.write(Buffer.from('b'), resolve));
  expect(screen.written).toBe(2);
  gate.close();
});

test.each<[string, string[], number, string | null]>([
  ['too few lines', ['a\r\nb\r\n'], 5, null],
  ['only the last lines are kept', ['a\r\nb\r\nc\r\nd\r\n'], 2, 'b\r\n'],
  ['over the borders of chunks', ['a\r', '\nb\r\nc', '\r\nd\r\n'], 2, 'b\r\n'],
  ['nothing before a control', ['a\r\nb\r\n\x1b[mc\r\nd\r\ne\r\nf\r\n'], 1, 'd\r\ne\r\n'],
])('plain lines: %s', (_, chunks, keep, passing) => {
  const all = chunks.join('');
  const span = linesBefore(
    chunks.map((it) => Buffer.from(it)),
    keep,
  );
  expect(span && all.slice(span.from, span.to)).toBe(passing);
});
