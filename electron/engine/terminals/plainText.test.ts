import { expect, test } from 'vitest';
import { plainText } from './plainText.ts';

test.each([
  ['two lines', 'a\r\nb\r\n', 'a\nb\n'],
  ['colours', '\x1b[1;32mgreen\x1b[0m', 'green'],
  ['a title and a mark', '\x1b]0;t\x07x\x1b]133;C\x1b\\y', 'xy'],
  ['a line written over', ' 10%\r 50%\r100%\r\ndone', '100%\ndone'],
  ['charsets and keypad', '\x1b(B\x1b=z\x1b>', 'z'],
  ['private modes', '\x1b[?2004h\x1b[?25lq', 'q'],
  ['characters of every length', 'ä漢🦊', 'ä漢🦊'],
])('%s', (_, output, text) => {
  expect(plainText(Buffer.from(output))).toBe(text);
});
