import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runRemoved } from '../contract/pushes.ts';
import { Pushes } from './pushes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const heardBy = (pushes: Pushes): unknown[] => {
  const heard: unknown[] = [];
  pushes.subscribe(({ payload }) => heard.push(payload));
  return heard;
};

test('many changes of one thing are told as one, with what is so when its turn comes', () => {
  const pushes = new Pushes();
  const heard = heardBy(pushes);
  let now = 'first';
  for (const key of ['a', 'a', 'b', 'a']) pushes.sendSoon(runRemoved, key, () => ({ run: `${key} ${now}` }));
  now = 'last';
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(20);
  expect(heard).toEqual([{ run: 'a last' }, { run: 'b last' }]);
  pushes.sendSoon(runRemoved, 'gone', () => null);
  vi.advanceTimersByTime(20);
  expect(heard).toHaveLength(2);
});

test('the first change is told at once, the next not before its time', () => {
  const pushes = new Pushes();
  const heard = heardBy(pushes);
  vi.advanceTimersByTime(100);
  pushes.sendSoon(runRemoved, 'a', () => ({ run: '1' }));
  vi.advanceTimersByTime(0);
  expect(heard).toEqual([{ run: '1' }]);
  pushes.sendSoon(runRemoved, 'a', () => ({ run: '2' }));
  vi.advanceTimersByTime(10);
  expect(heard).toHaveLength(1);
  vi.advanceTimersByTime(10);
  expect(heard).toEqual([{ run: '1' }, { run: '2' }]);
});

test('a change that somebody waits for is told now, with what was to be told later', () => {
  const pushes = new Pushes();
  const heard = heardBy(pushes);
  vi.advanceTimersByTime(100);
  pushes.sendSoon(runRemoved, 'a', () => ({ run: '1' }));
  pushes.sendNow(runRemoved, 'a', () => ({ run: '2' }));
  expect(heard).toEqual([{ run: '2' }]);
  pushes.sendSoon(runRemoved, 'a', () => ({ run: '3' }));
  vi.advanceTimersByTime(19);
  expect(heard).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(heard).toEqual([{ run: '2' }, { run: '3' }]);
});

test('after the end, or to who has left, nothing is told', () => {
  const pushes = new Pushes();
  const heard: unknown[] = [];
  pushes.subscribe((push) => heard.push(push))();
  const others = heardBy(pushes);
  pushes.sendSoon(runRemoved, 'a', () => ({ run: 'a' }));
  pushes.close();
  vi.advanceTimersByTime(1000);
  pushes.send(runRemoved, { run: 'b' });
  expect([heard, others]).toEqual([[], []]);
});
