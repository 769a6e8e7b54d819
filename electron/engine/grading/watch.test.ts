import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedTask } from '../catalog/expanded.ts';
import { EnvironmentDouble } from './environmentDouble.ts';
import { checkOf, lookAt, taskOf } from './samples.ts';
import { Watcher } from './watch.ts';

const link = checkOf({
  id: 'link',
  look: lookAt('interface', { name: 'eth0' }, 'up'),
  expect: { is: 'equals', value: true },
  otherwise: 'down',
});
const route = checkOf({
  id: 'route',
  look: lookAt('route', { to: '10.9.0.1' }, 'gateway'),
  expect: { is: 'equals', value: '10.0.0.1' },
  otherwise: 'no way',
});
const ping = checkOf({
  id: 'ping',
  needs: ['link'],
  look: lookAt('ping', { to: '10.9.0.1' }),
  expect: { is: 'at-least', value: 1 },
  otherwise: 'no reply',
});

/** What the one node `a` answers, and how long each answer takes in milliseconds. */
const state = { up: false, way: '[]', received: 0, readTakes: 3, pingTakes: 3 };
let environment: EnvironmentDouble;
let told: Outcome[];
let watcher: Watcher;

const after = <Value>(milliseconds: number, value: Value) =>
  new Promise<Value>((resolve) => setTimeout(() => resolve(value), milliseconds));
const answers = (command: string) => {
  if (command.startsWith('ping'))
    return after(state.pingTakes, {
      exit: state.received ? 0 : 1,
      stdout: `1 packets transmitted, ${state.received} received, 0% packet loss\n`,
    });
  if (command.startsWith('ip -j route')) return after(state.readTakes, state.way);
  const flags = state.up ? ['UP'] : [];
  return after(
    state.readTakes,
    JSON.stringify([{ ifindex: 2, ifname: 'eth0', flags, mtu: 1500, operstate: 'X', address: '02:00:00:00:00:01' }]),
  );
};
const asked = (what: string) =>
  environment.nodes.get('a')?.asked.filter((command) => command.startsWith(what)).length ?? 0;
const last = () => Object.fromEntries((told.at(-1)?.checks ?? []).map(({ id, verdict }) => [id, verdict]));
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const watch = (...tasks: ExpandedTask[]) => {
  watcher = new Watcher(environment, tasks, (outcome) => told.push(outcome));
};

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(state, { up: false, way: '[]', received: 0, readTakes: 3, pingTakes: 3 });
  environment = new EnvironmentDouble({ a: { tools: answers } });
  told = [];
});
afterEach(() => {
  watcher.close();
  vi.useRealTimers();
});

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
