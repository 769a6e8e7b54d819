/** For tests of the watcher: one node `a` whose answers take their time, under a clock that stands still until it is told to go on. */
import { vi } from 'vitest';
import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedTask } from '../catalog/expanded.ts';
import { EnvironmentDouble } from './environmentDouble.ts';
import { checkOf, lookAt } from './samples.ts';
import { Watcher } from './watch.ts';

export const link = checkOf({
  id: 'link',
  look: lookAt('interface', { name: 'eth0' }, 'up'),
  expect: { is: 'equals', value: true },
  otherwise: 'down',
});
export const route = checkOf({
  id: 'route',
  look: lookAt('route', { to: '10.9.0.1' }, 'gateway'),
  expect: { is: 'equals', value: '10.0.0.1' },
  otherwise: 'no way',
});
export const ping = checkOf({
  id: 'ping',
  needs: ['link'],
  look: lookAt('ping', { to: '10.9.0.1' }),
  expect: { is: 'at-least', value: 1 },
  otherwise: 'no reply',
});

/** What the one node `a` answers, and how long each answer takes in milliseconds. */
export const state = { up: false, way: '[]', received: 0, readTakes: 3, pingTakes: 3 };
export let environment: EnvironmentDouble;
export let told: Outcome[];
export let watcher: Watcher;

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
export const asked = (what: string) =>
  environment.nodes.get('a')?.asked.filter((command) => command.startsWith(what)).length ?? 0;
export const last = () => Object.fromEntries((told.at(-1)?.checks ?? []).map(({ id, verdict }) => [id, verdict]));
export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
export const watch = (...tasks: ExpandedTask[]) => {
  watcher = new Watcher(environment, tasks, (outcome) => told.push(outcome));
};

/** Before each test. */
export const begin = (): void => {
  vi.useFakeTimers();
  Object.assign(state, { up: false, way: '[]', received: 0, readTakes: 3, pingTakes: 3 });
  environment = new EnvironmentDouble({ a: { tools: answers } });
  told = [];
};
/** After each test. */
export const end = (): void => {
  watcher.close();
  vi.useRealTimers();
};
