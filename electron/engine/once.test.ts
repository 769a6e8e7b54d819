import { expect, test } from 'vitest';
import { Once } from './once.ts';

test('what is asked for again while it is under way is the same work; afterwards it is new', async () => {
  const once = new Once<number>();
  let count = 0;
  const work = async () => ++count;
  expect(await Promise.all([once.do('a', work), once.do('a', work), once.do('b', work)])).toEqual([1, 1, 2]);
  expect(await once.do('a', work)).toBe(3);
});

test('what fails is told to everybody who waits, and can be tried again', async () => {
  const once = new Once<string>();
  const fails = () => Promise.reject(new Error('no'));
  await Promise.all([once.do('a', fails), once.do('a', fails)].map((it) => expect(it).rejects.toThrow('no')));
  expect(await once.do('a', async () => 'yes')).toBe('yes');
});
