import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runs as calls } from '../contract/calls.ts';
import { Client } from '../contract/client.ts';
import { ContractServer } from './host/contractServer.ts';
import { EngineDouble } from './host/engineDouble.ts';
import { NO_GRANTS } from './host/grants.ts';
import type { Handlers } from './host/hosted.ts';
import { streamTransport } from './host/streamTransport.ts';
import { runHandlers } from './runHandlers.ts';
import type { Runs } from './runs/runs.ts';
import { runsDouble } from './runs/runsDouble.ts';
import { Solver } from './runs/solver.ts';

class Engine extends EngineDouble {
  override handlers: Handlers = {};
}

let stateDir: string;
let runs: Runs;
let client: Client;
let run: string;
let kept: unknown[];
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'patchbay-handlers-'));
  ({ runs } = runsDouble(stateDir));
  await runs.open();
  kept = [];
  const solver = new Solver(() => Promise.reject(new Error('no terminals here')));
  const prover = { runs, solver, patience: 0, kept: () => null, keep: (...all: unknown[]) => void kept.push(all) };
  const engine = new Engine();
  engine.handlers = runHandlers(runs, solver, prover, () => undefined);
  const [near, far] = duplexPair();
  new ContractServer(engine, () => {}).connect(streamTransport(far), NO_GRANTS);
  client = new Client(streamTransport(near));
  run = (await client.call(calls.start, { lab: 'switching', seed: 7, attempt: 'start' })).id;
  await client.call(calls.ready, { run });
});
afterEach(async () => {
  client.close();
  await runs.close();
  rmSync(stateDir, { recursive: true });
});

const view = async (id: string) => (await client.call(calls.get, { run })).questions.find((each) => each.id === id);
const answer = (question: string, value: string | string[], of = run) =>
  client.call(calls.answer, { run: of, question, value, attempt: 'a' });

describe('bad input is refused with what to do, and loses nothing', () => {
  test('an answer of 1 MB', async () => {
    const refused = { code: 'limit', hint: expect.stringContaining('only the value') };
    await expect(answer('mac', 'x'.repeat(1024 * 1024))).rejects.toMatchObject(refused);
    await expect(answer('stranger', Array<string>(64).fill('x'.repeat(16_384)))).rejects.toMatchObject(refused);
    expect(await view('mac')).toMatchObject({ state: 'open', attempts: 0, given: null });
  });

  test('a pause of nodes that cannot be paused', async () => {
    await expect(client.call(calls.pause, { run })).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.any(String),
    });
    expect((await client.call(calls.resume, { run })).environment.state).toBe('running');
  });

  test('a kubeconfig of a lab that has no cluster', async () => {
    const refused = { code: 'bad-input', message: 'The lab switching has no cluster.' };
    await expect(client.call(calls.kubeconfig, { run })).rejects.toMatchObject(refused);
  });

  test('an unknown run, an unknown question', async () => {
    const missing = { code: 'not-found', hint: expect.stringContaining('patchbay runs') };
    await expect(answer('mac', 'x', 'switching-nnnnn')).rejects.toMatchObject(missing);
    for (const call of [calls.get, calls.ready, calls.reset, calls.mend, calls.finish])
      await expect(client.call(call, { run: '../x' })).rejects.toMatchObject(missing);
    await expect(client.call(calls.destroy, { run: '../x' })).rejects.toMatchObject(missing);
    const question = { code: 'not-found', hint: expect.stringContaining('It has: start, mac') };
    await expect(answer('nope', 'x')).rejects.toMatchObject(question);
    for (const call of [calls.open, calls.hint, calls.solution])
      await expect(client.call(call, { run, question: 'nope' })).rejects.toMatchObject(question);
  });

  test('an answer to a task, two answers to one question, a check of what was never answered', async () => {
    await expect(answer('wake', 'x')).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('check'),
    });
    await expect(answer('mac', ['x', 'y'])).rejects.toMatchObject({ code: 'bad-input' });
    const asked = client.call(calls.check, { run, question: 'mac', attempt: 'c' });
    await expect(asked).rejects.toMatchObject({ code: 'bad-input', hint: expect.stringContaining('patchbay answer') });
    expect(await view('mac')).toMatchObject({ state: 'open', attempts: 0 });
  });

  test('a seed that is none, an attempt without an id', async () => {
    const start = (seed: number, attempt: string) => client.call(calls.start, { lab: 'switching', seed, attempt });
    for (const seed of [-1, 2 ** 32, 1.5]) await expect(start(seed, 'x')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(start(1, '')).rejects.toMatchObject({ code: 'bad-input' });
    expect((await client.call(calls.list, {})).runs).toHaveLength(1);
  });

  test('anything after the end', async () => {
    await client.call(calls.finish, { run });
    await expect(answer('mac', 'x')).rejects.toMatchObject({ code: 'conflict', hint: expect.stringContaining('run') });
    await expect(client.call(calls.reset, { run })).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('hints come one by one and end; the solution is shown when asked for; a flag is set and taken away', async () => {
  for (const shown of [1, 2, 3, 3]) {
    await client.call(calls.hint, { run, question: 'mac' });
    expect((await view('mac'))?.hints).toMatchObject({ total: 3 });
    expect((await view('mac'))?.hints.shown).toHaveLength(shown);
  }
  expect(await view('mac')).toMatchObject({ solution: null, seen: [] });
  await client.call(calls.solution, { run, question: 'mac' });
  expect((await view('mac'))?.solution?.steps).toHaveLength(1);
  for (const flagged of [true, false]) {
    await client.call(calls.flag, { run, question: 'mac', flagged });
    expect((await view('mac'))?.flagged).toBe(flagged);
  }
});

test('a hint and a reset that are asked for again by the same attempt are given once', async () => {
  const hint = () => client.call(calls.hint, { run, question: 'mac', attempt: 'hint' });
  await Promise.all([hint(), hint()]);
  await hint();
  expect((await view('mac'))?.hints.shown).toHaveLength(1);
  const nodes = () => Object.values(runs.get(run).state.nodes);
  const before = nodes();
  const reset = () => client.call(calls.reset, { run, attempt: 'reset' });
  await Promise.all([reset(), reset()]);
  const after = nodes();
  expect(after.some((id) => before.includes(id))).toBe(false);
  expect((await reset()).environment.state).toBe('running');
  expect(nodes()).toEqual(after);
  // It is in the journal, for the engine's next life.
  expect(Object.keys(runs.get(run).state.done)).toEqual(['hint', 'reset']);
});

test('checking everything grades tasks and what was answered before, and leaves the rest', async () => {
  await answer('stranger', ['oak has no route back, so its replies are lost']);
  const { outcomes } = await client.call(calls.check, { run, attempt: 'all' });
  expect(outcomes.map(({ question }) => question)).toEqual(['wake', 'assign', 'stranger', 'join']);
  expect(outcomes.find(({ question }) => question === 'stranger')?.verdict).toBe('fail');
});

test('a proof that cannot be made holds nothing, is not kept, and leaves no run behind', async () => {
  const proof = await client.call(calls.prove, { lab: 'switching', seeds: [1], fresh: true });
  expect(proof.holds).toBe(false);
  expect(proof.items.find(({ holds }) => !holds)?.detail).not.toBe('');
  expect(kept).toEqual([]);
  expect((await client.call(calls.list, {})).runs.map(({ id }) => id)).toEqual([run]);
});
