import { EventEmitter } from 'node:events';
import { duplexPair } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { view } from '../cli/samples.ts';
import { runs } from '../contract/calls.ts';
import { Client } from '../contract/client.ts';
import { LabError } from '../contract/error.ts';
import { ContractServer } from '../engine/host/contractServer.ts';
import { EngineDouble } from '../engine/host/engineDouble.ts';
import { NO_GRANTS } from '../engine/host/grants.ts';
import { type Handlers, handle } from '../engine/host/hosted.ts';
import { streamTransport } from '../engine/host/streamTransport.ts';
import { pauseInSleep } from './sleep.ts';

class Engine extends EngineDouble {
  override handlers: Handlers = {};
}

const summary = (id: string, environment: 'running' | 'paused') => ({
  id,
  lab: 'a',
  title: 'A',
  seed: 1,
  startedAt: '',
  finishedAt: null,
  environment,
  score: { earned: 0, max: 0 },
  questions: [],
});

function machine() {
  const power = new EventEmitter();
  const told: string[] = [];
  const engine = new Engine();
  const list = [summary('cluster', 'running'), summary('hosts', 'running'), summary('by-hand', 'paused')];
  engine.handlers = {
    ...handle(runs.list, async () => ({ runs: list })),
    ...handle(runs.pause, async ({ run }) => {
      told.push(`pause ${run}`);
      if (run === 'hosts') throw new LabError('conflict', 'It cannot.');
      return view;
    }),
    ...handle(runs.resume, async ({ run }) => {
      told.push(`resume ${run}`);
      return view;
    }),
  };
  let connected = true;
  pauseInSleep(power, () => {
    const [near, far] = duplexPair();
    new ContractServer(engine, () => {}).connect(streamTransport(far), NO_GRANTS);
    const client = new Client(streamTransport(near));
    if (!connected) client.close();
    return client;
  });
  return {
    power,
    told,
    setConnected(to: boolean) {
      connected = to;
    },
  };
}

test('what can be paused is paused while the machine sleeps, and only that goes on', async () => {
  const { power, told } = machine();
  power.emit('suspend');
  // The machine may be awake again before the answer came.
  power.emit('resume');
  await vi.waitFor(() => expect(told).toEqual(['pause cluster', 'pause hosts', 'resume cluster']));
  power.emit('resume');
  power.emit('suspend');
  await vi.waitFor(() => expect(told.slice(3)).toEqual(['pause cluster', 'pause hosts']));
});

test('an engine that is away keeps nothing from the next sleep', async () => {
  const { power, told, setConnected } = machine();
  setConnected(false);
  power.emit('suspend');
  await new Promise((resolve) => setTimeout(resolve, 20));
  setConnected(true);
  power.emit('suspend');
  await vi.waitFor(() => expect(told).toEqual(['pause cluster', 'pause hosts']));
});
