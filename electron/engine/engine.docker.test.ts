import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testStateDir } from '../../resources/setup/test-session.mjs';
import { docker as dockerCalls, runs } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import type { RunView } from '../contract/models/run.ts';
import { runChanged, statusChanged } from '../contract/pushes.ts';
import { ClientShell } from './clientShell.ts';
import type { DockerConnection } from './docker/connect.ts';
import { imageReference } from './docker/images/table.ts';
import { label } from './docker/labels.ts';
import { reachDocker } from './docker/reachDocker.ts';
import { type EngineInMemory, engineInMemory } from './engineInMemory.ts';
import { ownerOf } from './owner.ts';
import { isRunning, untilRun } from './untilRun.ts';

const stateDir = testStateDir('engine');
const owner = ownerOf(stateDir);
const POOL = 4;
let docker: DockerConnection;
let engine: EngineInMemory;
let client: Client;
/** The run that most tests work with, and a shell on its elm. */
let run: string;
let elm: ClientShell;
let attempts = 0;

beforeAll(async () => {
  writeFileSync(join(stateDir, 'settings.json'), JSON.stringify({ pool: POOL, clusters: 'when-started' }));
  docker = await reachDocker();
  engine = await engineInMemory(stateDir);
  client = engine.connect();
});

afterAll(async () => {
  await engine.close();
  for (const { id } of await docker.list({ [label.owner]: owner })) await docker.remove(id);
  docker.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const start = async (lab = 'switching', seed = 7) => {
  const { id } = await client.call(runs.start, { lab, seed, attempt: `start ${++attempts}` });
  await untilRun(client, id, isRunning);
  // Containers have the run's names once the whole start is over.
  return client.call(runs.ready, { run: id });
};
const answer = (question: string, value: string | string[], attempt = `${++attempts}`) =>
  client.call(runs.answer, { run, question, value, attempt });
const check = async (question: string, of = run) => {
  const { outcomes } = await client.call(runs.check, { run: of, question, attempt: `${++attempts}` });
  return outcomes[0];
};
const questionOf = (view: RunView, id: string) => view.questions.find((question) => question.id === id);
const get = (of = run) => client.call(runs.get, { run: of });
const inNode = (node: string, line: string, of = run) =>
  docker.execToEnd(`patchbay-${of}-${node}`, ['sh', '-c', line], { deadlineMs: 10_000 });
const untilStandby = (count: number) =>
  new Promise<void>((resolve) => {
    const look = ({ nodes }: { nodes: { standby: number } }) => {
      if (nodes.standby === count) resolve();
    };
    client.on(statusChanged, look);
    void client.call(dockerCalls.status, {}).then(look);
  });
/** The next time that the run is told like this. */
const told = (holds: (view: RunView) => boolean) =>
  new Promise<number>((resolve) => {
    const leave = client.on(runChanged, (view) => {
      if (view.id !== run || !holds(view)) return;
      leave();
      resolve(performance.now());
    });
  });
const wakeHolds = (view: RunView) => {
  const wake = questionOf(view, 'wake');
  return wake?.kind === 'task' ? wake.checks[0]?.holds : undefined;
};

describe('one run through the contract', () => {
  test('a wrong answer, the right one, and the same attempt sent twice', async () => {
    run = (await start()).id;
    const wrong = await answer('mac', '02:00:00:00:00:99', 'first');
    expect(wrong).toMatchObject({ verdict: 'fail', earned: 0 });
    expect(await answer('mac', '02:00:00:00:00:99', 'first')).toEqual(wrong);
    const twins = await Promise.all([answer('mac', 'nonsense', 'twin'), answer('mac', 'nonsense', 'twin')]);
    expect(twins[0]).toEqual(twins[1]);
    expect(questionOf(await get(), 'mac')).toMatchObject({ state: 'fail', attempts: 2 });

    elm = await ClientShell.open(client, run, 'elm');
    const text = questionOf(await get(), 'mac')?.text ?? '';
    const node = /\*\*(oak|elm|ash)\*\*\?/.exec(text)?.[1] ?? '';
    const shell = node === 'elm' ? elm : await ClientShell.open(client, run, node);
    const mac = await shell.ask('cat /sys/class/net/eth0/address');
    expect(await answer('mac', mac.toUpperCase().replaceAll(':', '-'))).toMatchObject({ verdict: 'pass', earned: 1 });
    expect(questionOf(await get(), 'mac')).toMatchObject({ state: 'pass', attempts: 3, earned: 1 });
  });

  test('a start that is sent again is the same run', async () => {
    const again = () => client.call(runs.start, { lab: 'switching', seed: 7, attempt: 'start 1' });
    expect((await Promise.all([again(), again()])).map(({ id }) => id)).toEqual([run, run]);
    expect((await client.call(runs.list, {})).runs).toHaveLength(1);
  });

  test('a choice shows two windows the same options, and says nothing of which is right', async () => {
    const other = engine.connect();
    const [one, two] = await Promise.all(
      [client, other].map((each) => each.call(runs.open, { run, question: 'broadcast' })),
    );
    const mine = one && questionOf(one, 'broadcast');
    const theirs = two && questionOf(two, 'broadcast');
    if (mine?.kind !== 'choice' || theirs?.kind !== 'choice') throw new Error('no choice');
    expect(mine.options).toHaveLength(4);
    expect(theirs.options).toEqual(mine.options);
    const verdicts = [];
    for (const { text } of mine.options) verdicts.push((await answer('broadcast', [text])).verdict);
    expect(verdicts.sort()).toEqual(['fail', 'fail', 'fail', 'pass']);
  });

  test('a task ticks by itself after what is typed in a terminal, also a second time', async () => {
    expect(await check('wake')).toMatchObject({ verdict: 'fail', checks: [{ id: 'up', verdict: 'fail' }] });
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const up = told((view) => wakeHolds(view) === true);
      const typed = performance.now();
      elm.type('ip link set eth0 up\r');
      times.push((await up) - typed);
      const down = told((view) => wakeHolds(view) === false);
      elm.type('ip link set eth0 down\r');
      await down;
    }
    console.log(`typed to tick: ${times.map((time) => Math.round(time)).join(', ')} ms`);
    expect(times.sort((a, b) => a - b)[2]).toBeLessThan(15_000);
    // What was earned stays, beside what holds now.
    expect(questionOf(await get(), 'wake')).toMatchObject({ state: 'pass', checks: [{ state: 'pass', holds: false }] });
  });

  test('with a liar in place of ip the verdict is right', async () => {
    await inNode('elm', "printf '#!/bin/sh\necho eth0 is up, believe me\n' > $(readlink -f $(command -v ip))");
    expect(await elm.ask('ip')).toContain('believe me');
    expect(await check('wake')).toMatchObject({ verdict: 'fail' });
  });

  test('with a helper that does not answer the verdict is error, with what to do; the next check works', async () => {
    const agent = `patchbay-agent-${owner}`;
    const before = questionOf(await get(), 'assign')?.attempts;
    await docker.pause(agent);
    const outcome = await check('assign');
    expect(outcome).toMatchObject({ verdict: 'error', earned: 0 });
    expect(outcome?.checks.map((each) => each.message).join()).toContain('Check again');
    await docker.remove(agent);
    await expect.poll(async () => (await check('assign'))?.verdict, { timeout: 10_000 }).toBe('fail');
    const after = questionOf(await get(), 'assign');
    expect(after?.attempts).toBe((before ?? 0) + 1);
  });

  test('a node that was killed: said, no wrong answer, and mended with its links and a new shell', async () => {
    const degraded = untilRun(client, run, ({ environment }) => environment.state === 'degraded');
    await docker.execToEnd(`patchbay-${run}-oak`, ['kill', '1'], { deadlineMs: 5000 }).catch(() => undefined);
    expect((await degraded).environment).toMatchObject({
      error: { code: 'node-stopped', message: expect.stringContaining('oak'), hint: expect.stringContaining('again') },
    });
    expect(await answer('network', '10.0.0.0/24')).toMatchObject({ verdict: 'error' });
    expect(questionOf(await get(), 'network')?.attempts).toBe(0);
    await expect(ClientShell.open(client, run, 'oak')).rejects.toMatchObject({ code: 'node-stopped' });
    const mended = await client.call(runs.mend, { run });
    expect(mended.environment).toEqual({ state: 'running' });
    expect(await answer('network', '192.0.2.0/24')).toMatchObject({ verdict: 'fail' });
    const oak = await ClientShell.open(client, run, 'oak');
    expect(await oak.ask('ip -br link show eth0')).toContain('UP');
  });

  test('a reset opens every question, makes new nodes, and gives each terminal a new shell under a notice', async () => {
    const pid = await elm.ask('hostname; touch /mark; ls /mark');
    expect(pid).toContain('/mark');
    const view = await client.call(runs.reset, { run });
    expect(view.environment).toEqual({ state: 'running' });
    expect(view.questions.every(({ state, attempts: counted }) => state === 'open' && counted === 0)).toBe(true);
    await elm.until(/environment reset/);
    expect(await elm.ask('ls /mark 2>&1')).toContain('No such file');
    expect(await check('wake')).toMatchObject({ verdict: 'fail' });
  });
});

test('the engine ends: helper and pool go, the run and its shells stay, and the next engine takes them up', async () => {
  const pid = await elm.ask('echo $$');
  await answer('mac', 'wrong', 'before');
  const running = (await docker.list({ [label.owner]: owner })).filter(({ name }) => name.includes(run));
  await engine.close();
  const left = await docker.list({ [label.owner]: owner });
  expect(left.map(({ id }) => id).sort()).toEqual(running.map(({ id }) => id).sort());
  engine = await engineInMemory(stateDir);
  client = engine.connect();
  const view = await untilRun(client, run, isRunning);
  expect(questionOf(view, 'mac')).toMatchObject({ given: 'wrong', attempts: 1 });
  elm = await ClientShell.attach(client, elm.view.id);
  expect(await elm.ask('echo $$')).toBe(pid);
  expect(await check('wake')).toMatchObject({ verdict: 'fail' });
});

describe('two runs at once', () => {
  let second: string;

  test('the second comes from the pool, and neither sees the other', async () => {
    await untilStandby(POOL);
    const spare = (await docker.list({ [label.owner]: owner })).filter(({ name }) => name.startsWith('patchbay-pool-'));
    second = (await start()).id;
    const nodes = (await docker.list({ [label.owner]: owner })).filter(({ name }) => name.includes(second));
    expect(nodes.map(({ id }) => id).sort()).toEqual(spare.map(({ id }) => id).sort());

    const theirs = untilRun(client, second, (view) => wakeHolds(view) === true);
    await inNode('elm', 'ip link set eth0 up', second);
    await theirs;
    expect(await check('wake', second)).toMatchObject({ verdict: 'pass' });
    expect(await check('wake')).toMatchObject({ verdict: 'fail' });
    expect(questionOf(await get(), 'wake')?.state).toBe('fail');
  });

  test('destroying one leaves the other', async () => {
    await client.call(runs.destroy, { run: second });
    expect((await get(second)).environment.state).toBe('destroyed');
    expect(await check('wake')).toMatchObject({ verdict: 'fail' });
    const left = (await docker.list({ [label.owner]: owner })).map(({ name }) => name);
    expect(left.filter((name) => name.includes(second))).toEqual([]);
    for (const call of [runs.reset, runs.mend])
      await expect(client.call(call, { run: second })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('clean removes everything of ours and nothing else', async () => {
    const foreign = await docker.create({
      name: `${owner}-foreign`,
      image: imageReference('host'),
      command: ['sleep', 'infinity'],
      labels: {},
    });
    try {
      await docker.start(foreign);
      const cleaned = await client.call(dockerCalls.clean, {});
      expect(cleaned.containers).toBeGreaterThan(0);
      expect(await docker.list({ [label.owner]: owner })).toEqual([]);
      expect(await docker.inspect(foreign)).toMatchObject({ state: 'running' });
      // What was done stays in the history.
      expect((await client.call(runs.list, {})).runs.map(({ id }) => id).sort()).toEqual([run, second].sort());
      // And a run can be started again at once.
      run = (await start()).id;
      expect(await check('wake')).toMatchObject({ verdict: 'fail' });
      await client.call(runs.destroy, { run });
    } finally {
      await docker.remove(foreign);
    }
  });
});
