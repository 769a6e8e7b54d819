import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DtachNoise } from './dtachNoise.ts';

const through = () => {
  const heard: Buffer[] = [];
  const noise = new DtachNoise((bytes) => heard.push(Buffer.from(bytes)));
  return { noise, heard: () => Buffer.concat(heard).toString() };
};

const session = '\x1b[H\x1b[J$ exit\r\nexit\r\n\x1b[999H\r\n[EOF - dtach terminating]\r\n\x1b[?25h';

test.each([1, 2, 3, 7, 1000])("dtach's own words are taken out, in chunks of %i bytes", (length) => {
  const { noise, heard } = through();
  const bytes = Buffer.from(session);
  for (let at = 0; at < bytes.length; at += length) noise.feed(bytes.subarray(at, at + length));
  noise.end();
  expect(heard()).toBe('$ exit\r\nexit\r\n');
});

test('a program that clears the screen or goes far down is heard', async () => {
  const { noise, heard } = through();
  noise.feed(Buffer.from('\x1b[H\x1b[J\x1b[H\x1b[Jtop\x1b[999;1Hx\x1b[999H'));
  expect(heard()).toBe('\x1b[H\x1b[Jtop\x1b[999;1Hx');
  await sleep(80);
  expect(heard()).toBe('\x1b[H\x1b[Jtop\x1b[999;1Hx\x1b[999H');
  noise.feed(Buffer.from('\x1b[999H\r\n[other]'));
  expect(heard().endsWith('\x1b[999H\r\n[other]')).toBe(true);
});
