import { expect, test } from 'vitest';
import { command, lastLines } from './command.mjs';

test('output and exit code come back, and each line as it is written', async () => {
  const lines: string[] = [];
  const ended = await command('sh', ['-c', 'echo one; echo two; exit 3'], { onLine: (line) => lines.push(line) });
  expect(ended).toEqual({ code: 3, output: 'one\ntwo\n', timedOut: false });
  expect(lines).toEqual(['one', 'two']);
});

test('a program that is not there is told, not thrown', async () => {
  expect(await command('no-such-program', [])).toMatchObject({ code: 127, output: expect.stringContaining('ENOENT') });
});

test('at its limit it is ended, with its children', async () => {
  const began = Date.now();
  const ended = await command('sh', ['-c', 'sleep 60 | cat'], { limit: 0.2 });
  expect(ended).toMatchObject({ timedOut: true });
  expect(ended.code).not.toBe(0);
  expect(Date.now() - began).toBeLessThan(20_000);
});

test('only the last lines are shown of a long output', () => expect(lastLines('1\n2\n3\n4\n', 2)).toBe('3\n4'));
