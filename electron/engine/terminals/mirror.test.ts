import { expect, test } from 'vitest';
import { Mirror } from './mirror.ts';

const size = { cols: 40, rows: 10 };

const read = async (...chunks: (string | Uint8Array)[]): Promise<Mirror> => {
  const mirror = new Mirror(size);
  for (const chunk of chunks) mirror.write(Buffer.from(chunk));
  await new Promise<void>((resolve) => mirror.settled(resolve));
  return mirror;
};

/** Reads a stream to this byte, gives its picture and the rest to a second screen, and compares that with one that read it all. */
async function joinedAt(stream: Buffer, at: number): Promise<{ joined: string; whole: string }> {
  const first = await read(stream.subarray(0, at));
  const joined = await read(first.snapshot(), stream.subarray(at));
  const whole = await read(stream);
  return { joined: Buffer.from(joined.snapshot()).toString(), whole: Buffer.from(whole.snapshot()).toString() };
}

test.each([
  ['a character of four bytes', 'a🦊b'],
  ['colours', 'x\x1b[1;38;5;208mwarm\x1b[0m y'],
  ['a title', 'p\x1b]0;a title\x07q'],
  ['a mark ended by ST', 'p\x1b]133;D;0\x1b\\q'],
  ['a device control string', 'p\x1bP1$r0m\x1b\\q'],
  ['a full screen', 'shell\r\n\x1b[?1049h\x1b[?25l\x1b[2;5r\x1b[?1002h\x1b[?1006h\x1b[3;1Htext\x1b[?2004h'],
  ['and back', 'shell\r\n\x1b[?1049hfull\x1b[?1049l$ '],
  ['a wrap that is still to come', `${'w'.repeat(40)}x`],
  ['an aborted sequence', 'a\x1b[12\x18b\x1b[3\x1b[1mc'],
])('who joins anywhere in %s sees the same', async (_, text) => {
  const stream = Buffer.from(text);
  for (let at = 0; at <= stream.length; at++) {
    const { joined, whole } = await joinedAt(stream, at);
    expect(joined, `joined at byte ${at}`).toBe(whole);
  }
});

test('modes that the serialiser does not know are in the picture', async () => {
  const mirror = await read('\x1b[?25l\x1b[5 q\x1b[?1003h\x1b[?1006h\x1b[2;6r\x1b[4;7H');
  const picture = Buffer.from(mirror.snapshot()).toString();
  for (const mode of ['\x1b[?25l', '\x1b[5 q', '\x1b[?1003h', '\x1b[?1006h', '\x1b[2;6r'])
    expect(picture).toContain(mode);
  expect(picture.endsWith('\x1b[4;7H')).toBe(true);
});

test('an emoji is two cells wide, as in the page', async () => {
  const mirror = await read('🦊x\x1b[1;3H!');
  expect(mirror.text()).toBe('🦊!');
});

test('a string that never ends is not kept for ever', async () => {
  const mirror = await read('\x1bP', 'q'.repeat(200_000));
  expect(mirror.snapshot().length).toBeLessThan(70_000);
});

test('the last mark of the shell is known', async () => {
  expect((await read('')).lastMark).toBeNull();
  expect((await read('\x1b]133;A\x07$ \x1b]133;B\x07')).lastMark).toBe('B');
  expect((await read('\x1b]133;B\x07ls\r\n\x1b]133;C\x07')).lastMark).toBe('C');
});
