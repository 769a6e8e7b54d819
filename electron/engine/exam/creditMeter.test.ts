import { expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import type { EnvironmentView } from '../../contract/models/run.ts';
import { CreditMeter } from './creditMeter.ts';

const lost = (code: 'docker-missing' | 'node-stopped'): EnvironmentView => ({
  state: 'degraded',
  error: new LabError(code, `It is ${code}.`).toView(),
});
const running: EnvironmentView = { state: 'running' };
const starting: EnvironmentView = { state: 'starting', title: '', steps: [] };

const meter = () => {
  const at = { now: 0 };
  const credited: [number, string][] = [];
  const it = new CreditMeter(
    () => at.now,
    async (seconds, reason) => void credited.push([seconds, reason]),
  );
  return { it, at, credited };
};

test('from the loss of Docker to the return of the environment', async () => {
  const { it, at, credited } = meter();
  it.see('run', running);
  it.see('run', lost('docker-missing'));
  at.now = 40_000;
  it.see('run', starting);
  at.now = 61_000;
  it.see('run', running);
  await it.settle();
  expect(credited).toEqual([[61, 'It is docker-missing.']]);
});

test('two environments that are gone at once are one loss', async () => {
  const { it, at, credited } = meter();
  it.see('one', lost('docker-missing'));
  at.now = 10_000;
  it.see('two', lost('docker-missing'));
  at.now = 30_000;
  it.see('one', running);
  at.now = 50_000;
  it.see('two', running);
  await it.settle();
  expect(credited.map(([seconds]) => seconds)).toEqual([50]);
});

test('a node that the learner may have ended gives nothing back', async () => {
  const { it, at, credited } = meter();
  it.see('run', lost('node-stopped'));
  at.now = 60_000;
  it.see('run', running);
  await it.settle();
  expect(credited).toEqual([]);
});

test('what is owed at the end is given too', async () => {
  const { it, at, credited } = meter();
  it.see('run', lost('docker-missing'));
  at.now = 5_000;
  await it.settle();
  expect(credited.map(([seconds]) => seconds)).toEqual([5]);
});
