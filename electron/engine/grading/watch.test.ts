import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { taskOf } from './samples.ts';
import {
  asked,
  begin,
  end,
  environment,
  last,
  link,
  pass,
  ping,
  route,
  state,
  told,
  watch,
  watcher,
} from './watchedNode.ts';

beforeEach(begin);
afterEach(end);

describe('checks with events', () => {
  test('are asked once at the start, and never again while nothing changes', async () => {
    watch(taskOf([link, route]));
    await pass(60_000);
    expect(asked('ip')).toBe(2);
    expect(told).toHaveLength(1);
    expect(last()).toEqual({ link: 'fail', route: 'fail' });
  });

  test('not even while their question is open', async () => {
    watch(taskOf([link, route]));
    watcher.open('question');
    await pass(60_000);
    expect(asked('ip')).toBe(2);
  });

  test('a change is told as soon as it is read: no timer stands between', async () => {
    watch(taskOf([link, route]));
    await pass(100);
    state.up = true;
    environment.change();
    await pass(state.readTakes);
    expect(last()).toEqual({ link: 'pass', route: 'fail' });
    expect(told.at(-1)).toMatchObject({ question: 'question', verdict: 'fail', earned: 0.5 });
  });

  test('a change that makes no difference is not told', async () => {
    watch(taskOf([link]));
    await pass(100);
    environment.change();
    await pass(100);
    expect(asked('ip')).toBe(2);
    expect(told).toHaveLength(1);
  });

  test('a storm of changes is one reading under way and one after it', async () => {
    watch(taskOf([link]));
    await pass(100);
    for (let event = 0; event < 1000; event++) environment.change();
    await pass(100);
    expect(asked('ip')).toBe(3);
  });

  test('what changed while it was being read is read again', async () => {
    watch(taskOf([link]));
    await pass(100);
    environment.change();
    state.up = true;
    environment.change();
    await pass(2 * state.readTakes);
    expect(last()).toEqual({ link: 'pass' });
  });

  test('it goes off again when it does not hold any more', async () => {
    state.up = true;
    watch(taskOf([link]));
    await pass(100);
    state.up = false;
    environment.change();
    await pass(100);
    expect(told.map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
  });

  test('a stopped node is an error, and once it is back a verdict', async () => {
    state.up = true;
    watch(taskOf([link]));
    await pass(100);
    environment.stopped.add('a');
    environment.change('a', 'container');
    await pass(100);
    environment.stopped.clear();
    environment.change('a', 'container');
    await pass(100);
    expect(told.map(({ verdict }) => verdict)).toEqual(['pass', 'error', 'pass']);
  });
});

test('two tasks do not wait for each other', async () => {
  state.up = true;
  state.pingTakes = 1000;
  watch(taskOf([ping, link], { id: 'one' }), taskOf([link], { id: 'two' }));
  watcher.open('one');
  await pass(state.readTakes);
  expect(told.map(({ question }) => question).sort()).toEqual(['one', 'two']);
});

test('closed, it tells nothing, asks nothing and leaves nothing behind', async () => {
  state.up = true;
  watch(taskOf([link, ping]));
  watcher.open('question');
  await pass(1);
  watcher.close();
  environment.change();
  await pass(10_000);
  expect(told).toEqual([]);
  expect(asked('ping')).toBe(0);
  expect(environment.listeners).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
