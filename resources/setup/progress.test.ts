import { expect, test } from 'vitest';
import { type Step, showProgress, step, stepLine } from './progress.mjs';

const base: Step = { id: 'base', title: 'Base image', state: 'running', seconds: 12, usual: 48, detail: 'unpacking' };

test('a line tells step, elapsed and usual time, and what it is at', () => {
  expect(stepLine(base).replace(/ +/g, ' ')).toBe('· Base image 12 s, usually 48 s, unpacking');
  expect(stepLine({ ...base, state: 'done', seconds: 65 }).replace(/ +/g, ' ')).toBe('✓ Base image 1 min 5 s');
  expect(stepLine({ ...base, state: 'waiting' }).trim()).toBe('Base image');
});

test('a line is no wider than the terminal', () => expect(stepLine(base, 30)).toHaveLength(30));

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, columns: 80, write: (text: string) => written.push(text) } };
}

test('in a log a step has a line when it begins and one when it ends', () => {
  const { written, stream } = recorder(false);
  const progress = showProgress(stream);
  for (const detail of ['a', 'b', 'c']) progress.show({ ...base, detail });
  progress.show({ ...base, state: 'done' });
  expect(written.map((it) => it[0])).toEqual(['·', '✓']);
});

test('on a terminal the lines are drawn again in place, until something else is to be printed', () => {
  const { written, stream } = recorder(true);
  const progress = showProgress(stream);
  progress.show(base);
  progress.show({ ...base, state: 'done' });
  expect(written.at(-1)).toContain('\x1b[1A\x1b[2K✓');
  progress.end();
  progress.show({ ...base, id: 'host', title: 'Host image' });
  expect(written.at(-1)?.startsWith('\x1b[2K· Host image')).toBe(true);
});

test('a step that throws is shown as failed, with the reason, and throws on', async () => {
  const { written, stream } = recorder(false);
  const work = step(showProgress(stream), { id: 'x', title: 'X', usual: 1 }, () =>
    Promise.reject(new Error('no disk\nmore')),
  );
  await expect(work).rejects.toThrow('no disk');
  expect(written.at(-1)).toMatch(/^✗ X.*no disk\n$/);
});
