import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

describe('checks without events', () => {
  test('are asked once a second while their question is open, and not before what they need holds', async () => {
    watch(taskOf([link, ping]));
    watcher.open('question');
    await pass(5000);
    expect(asked('ping')).toBe(0);
    expect(last()).toEqual({ link: 'fail', ping: 'waiting' });
    state.up = true;
    environment.change();
    await pass(10);
    expect(asked('ping')).toBe(1);
    await pass(5000);
    expect(asked('ping')).toBe(6);
    // The link has events: the clock does not ask for it.
    expect(asked('ip')).toBe(2);
    state.received = 1;
    await pass(1010);
    expect(last()).toEqual({ link: 'pass', ping: 'pass' });
  });

  test('are not asked by the clock while another question or none is open', async () => {
    state.up = true;
    watch(taskOf([link, ping]));
    watcher.open('another');
    await pass(10_000);
    watcher.open('question');
    watcher.open(null);
    await pass(10_000);
    expect(asked('ping')).toBeLessThanOrEqual(2);
  });

  test('of a task that has no others are asked once at the start, so that it has a state', async () => {
    watch(taskOf([{ ...ping, needs: [] }]));
    await pass(10_000);
    expect(asked('ping')).toBe(1);
    expect(last()).toEqual({ ping: 'fail' });
  });

  test('are asked when their question is opened', async () => {
    state.up = true;
    watch(taskOf([link, ping]));
    await pass(100);
    state.received = 1;
    watcher.open('question');
    await pass(10);
    expect(last()).toEqual({ link: 'pass', ping: 'pass' });
  });

  test('are asked after each change while open; while closed only when something that they hang on moved', async () => {
    state.up = true;
    watch(taskOf([link, ping]));
    await pass(100);
    expect(asked('ping')).toBe(1);
    // A ping writes into the neighbour table, which is an event: it must not be the reason for the next ping.
    for (let event = 0; event < 20; event++) {
      environment.change();
      await pass(100);
    }
    expect(asked('ping')).toBe(1);
    state.up = false;
    environment.change();
    await pass(100);
    state.up = true;
    environment.change();
    await pass(100);
    expect(asked('ping')).toBe(2);
    watcher.open('question');
    await pass(100);
    environment.change();
    await pass(100);
    expect(asked('ping')).toBe(4);
  });

  test('a ping that waits a second does not hold up the tick of a link', async () => {
    state.pingTakes = 1000;
    state.up = true;
    watch(taskOf([link, route, ping]));
    watcher.open('question');
    await pass(500);
    state.way = '[{"dst":"10.9.0.1","gateway":"10.0.0.1","dev":"eth0"}]';
    environment.change();
    await pass(2 * state.readTakes);
    expect(last()).toMatchObject({ route: 'pass' });
  });

  test('a ping under way when its need falls is not told as a result', async () => {
    state.pingTakes = 1000;
    state.received = 1;
    state.up = true;
    watch(taskOf([link, ping]));
    watcher.open('question');
    await pass(500);
    state.up = false;
    environment.change();
    await pass(5000);
    expect(last()).toEqual({ link: 'fail', ping: 'waiting' });
    expect(told.flatMap(({ checks }) => checks).some(({ id, verdict }) => id === 'ping' && verdict === 'pass')).toBe(
      false,
    );
  });

  test('a need that falls takes the tick of what needs it along at once', async () => {
    state.received = 1;
    state.up = true;
    watch(taskOf([ping, link]));
    await pass(100);
    expect(last()).toEqual({ link: 'pass', ping: 'pass' });
    state.up = false;
    environment.change();
    await pass(state.readTakes);
    expect(last()).toEqual({ link: 'fail', ping: 'waiting' });
  });

  test('a check with events that needs one without follows it', async () => {
    state.received = 1;
    state.up = true;
    state.way = '[{"dst":"10.9.0.1","gateway":"10.0.0.1","dev":"eth0"}]';
    watch(taskOf([{ ...route, needs: ['ping'] }, link, ping]));
    await pass(100);
    expect(last()).toEqual({ link: 'pass', ping: 'pass', route: 'pass' });
  });
});
