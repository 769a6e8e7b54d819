import { expect, test } from 'vitest';
import { ShellMarks } from './shellMarks.ts';

const parts = (...chunks: string[]): string[] => {
  const marks = new ShellMarks();
  const found: string[] = [];
  let output = '';
  for (const chunk of chunks)
    for (const part of marks.feed(Buffer.from(chunk))) {
      if (part.kind === 'output') output += Buffer.from(part.bytes).toString();
      else {
        if (output !== '') found.push(output);
        output = '';
        found.push(`<${part.mark}${part.argument}>`);
      }
    }
  return output === '' ? found : [...found, output];
};

const stream =
  '\x1b]133;D;0\x07\x1b]133;A\x07$ \x1b]133;B\x07ls\r\n\x1b]133;C\x1b\\\x1b[31mred\x1b[0m\r\n\x1b]133;D;127\x07';
const wanted = ['<D0>', '<A>', '$ ', '<B>', 'ls\r\n', '<C>', '\x1b[31mred\x1b[0m\r\n', '<D127>'];

test('marks are found wherever a chunk is cut', () => {
  expect(parts(stream)).toEqual(wanted);
  for (let at = 1; at < stream.length; at++) expect(parts(stream.slice(0, at), stream.slice(at))).toEqual(wanted);
  expect(parts(...stream)).toEqual(wanted);
});

test('what only looks like a mark is output', () => {
  const others = `\x1b]0;title\x07\x1b]133;Zx\x07 \x1b]133;D;${'9'.repeat(200)}`;
  expect(parts(others, ' end').join('')).toBe(`${others} end`);
});
