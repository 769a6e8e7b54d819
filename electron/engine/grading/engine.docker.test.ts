import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ExpandedLook, Expectation } from '../catalog/expanded.ts';
import { askChecks } from './checks.ts';
import { type RealEngine, realEngine } from './realEngine.ts';
import { checkOf, lookAt } from './samples.ts';
import { look } from './truth.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 1_200_000 });

let engine: RealEngine;
const on = (line: string) => engine.type('dock', line);
beforeAll(async () => {
  engine = await realEngine('engine-probes');
  await on('docker network create --subnet 10.61.0.0/24 -o com.docker.network.bridge.name=br-green green');
  await on('docker run -d --name web -p 8088:80 nginx; docker network connect green web');
  await on('docker run -d --name db --network green busybox sleep 10000');
  await on('docker run -d --name alone --network none busybox sleep 10000');
  await on('docker run -d --name open --network host busybox sleep 10000');
  await on('docker run --name old busybox true');
});
afterAll(() => engine?.close());

const is = (value: string | number | boolean): Expectation => ({ is: 'equals', value });
const there: Expectation = { is: 'exists', value: true };
const gone: Expectation = { is: 'exists', value: false };
const at = (probe: string, params: ExpandedLook['with'] = {}, field: string | null = null) =>
  lookAt(probe, params, field, 'dock');

/** What is read; what is there; what is not. */
const table: [ExpandedLook, Expectation, Expectation][] = [
  [at('docker', { list: 'networks' }, 'count'), is(4), is(3)],
  [at('docker', { list: 'networks', name: 'green' }, 'subnet'), is('10.61.0.0/24'), is('10.61.0.0/25')],
  [at('docker', { list: 'networks', name: 'green' }, 'gateway'), is('10.61.0.1'), is('10.61.0.2')],
  [at('docker', { list: 'networks', name: 'green' }, 'containers'), is(2), is(3)],
  [at('docker', { list: 'networks', name: 'green' }, 'bridge'), is('br-green'), is('docker0')],
  [at('docker', { list: 'networks', driver: 'null' }), is('none'), is('host')],
  [at('docker', { list: 'networks', name: 'blue' }), gone, there],
  [at('docker', { name: 'web', network: 'bridge' }, 'state'), is('running'), is('exited')],
  [at('docker', { name: 'web', network: 'green' }, 'address'), is('10.61.0.2'), is('10.61.0.3')],
  [at('docker', { name: 'web', network: 'bridge' }, 'bridge'), is('docker0'), is('br-green')],
  [at('docker', { name: 'db' }, 'network'), is('green'), is('bridge')],
  [at('docker', { name: 'alone' }, 'address'), gone, there],
  [at('docker', { name: 'alone' }, 'network'), is('none'), is('host')],
  [at('docker', { network: 'host' }), is('open'), is('alone')],
  [at('docker', { name: 'old' }, 'state'), is('exited'), is('running')],
  [at('docker', { name: 'nobody' }), gone, there],
  [at('docker', { list: 'ports', name: 'web', port: 80 }, 'host-port'), is(8088), is(80)],
  [at('docker', { list: 'ports', name: 'web', port: 81 }, 'host-port'), gone, there],
  [at('docker', { list: 'ports', name: 'db' }), gone, there],
  [at('dns', { from: 'container', name: 'db', ask: 'web', server: '127.0.0.11' }), is('10.61.0.2'), is('10.61.0.3')],
  [
    at('dns', { from: 'container', name: 'alone', ask: 'web', server: '127.0.0.11' }, 'status'),
    is('NOREPLY'),
    is('NOERROR'),
  ],
  [at('ping', { container: 'db', to: '10.61.0.2' }), is(1), is(0)],
  [at('ping', { container: 'alone', to: '10.61.0.2' }), is(0), is(1)],
  [at('ping', { container: 'open', to: '10.7.3.20' }), is(1), is(0)],
  [at('ping', { container: 'old', to: '10.7.3.20' }), gone, there],
];
const judged = async (wanted: ExpandedLook, expect: Expectation) =>
  (await askChecks(engine.environment, [checkOf({ look: wanted, expect })]))[0];
const verdict = async (wanted: ExpandedLook, expect: Expectation) => (await judged(wanted, expect))?.verdict;
const state = (name: string) => verdict(at('docker', { name }, 'state'), is('running'));

describe.each(table)('%j', (wanted, right, wrong) => {
  test(`holds: ${JSON.stringify(right)}`, async () =>
    expect(await judged(wanted, right)).toMatchObject({ verdict: 'pass' }));
  test(`does not hold: ${JSON.stringify(wrong)}`, async () => expect(await verdict(wanted, wrong)).toBe('fail'));
});

test('the end of a cable is the one by which packets come', async () => {
  const [veth] = (await look(engine.environment, at('docker', { name: 'db' }, 'veth'))).values;
  const [other] = (await look(engine.environment, at('docker', { name: 'web', network: 'green' }, 'veth'))).values;
  expect(veth).toMatch(/^veth/);
  expect(other).not.toBe(veth);
  const received = async (name: unknown) => Number(await on(`cat /sys/class/net/${name}/statistics/rx_packets`));
  const before = [await received(veth), await received(other)];
  // To the bridge itself, which answers; the other container may say something of its own accord.
  await on('docker exec db ping -c 6 10.61.0.1');
  expect((await received(veth)) - (before[0] ?? 0)).toBeGreaterThan(5);
  expect((await received(other)) - (before[1] ?? 0)).toBeLessThan(5);
});

test("a learner's docker, curl and ip lie: every verdict is right", async () => {
  await on(
    'mkdir /root/kept; for tool in docker curl ip dig ping; do path=$(command -v $tool); cp $path /root/kept/; printf "#!/bin/sh\\nexit 0\\n" > /tmp/lie; chmod 755 /tmp/lie; cp --remove-destination /tmp/lie $path; done',
  );
  expect(await on('docker ps')).toBe('');
  for (const [wanted, right] of table) expect(await verdict(wanted, right), JSON.stringify(wanted)).toBe('pass');
  await on('cp --remove-destination /root/kept/docker /usr/bin/docker');
});

test('what a learner removes or stops is a result and not an error', async () => {
  expect(await state('alone')).toBe('pass');
  await on('docker stop -t 0 alone');
  expect(await state('alone')).toBe('fail');
  await on('docker rm alone');
  expect(await state('alone')).toBe('fail');
});

describe('an error, and never a fail', () => {
  /** None of these is so, while all can be told. */
  const asked: readonly [ExpandedLook, Expectation][] = [
    [at('docker', { name: 'web' }, 'state'), is('no such state')],
    [at('docker', { list: 'networks' }, 'name'), is('no-such-network')],
    [at('docker', { list: 'ports' }, 'host-port'), is(1)],
    [at('ping', { container: 'db', to: '10.61.0.77' }), is(1)],
    [at('dns', { from: 'container', name: 'db', ask: 'nobody', server: '127.0.0.11' }, 'status'), is('NOERROR')],
  ];
  const verdicts = async () => {
    const outcomes = await askChecks(
      engine.environment,
      asked.map(([wanted, expect], index) => checkOf({ id: `${index}`, look: wanted, expect })),
    );
    for (const { verdict, message } of outcomes)
      if (verdict === 'error') expect(message).toMatch(/not your mistake|costs nothing|not a wrong answer/);
    return [...new Set(outcomes.map(({ verdict }) => verdict))];
  };

  describe('with a broken helper', () => {
    const put = (script: string) =>
      engine.docker.execToEnd(
        engine.agentContainer,
        ['sh', '-c', `for tool in /usr/bin/curl; do [ -e $tool.kept ] || cp -a $tool $tool.kept; ${script}; done`],
        { deadlineMs: 5000 },
      );
    afterEach(() => put('cp -a $tool.kept $tool'));
    test.each([
      ['its curl is missing', 'rm $tool'],
      ['it cannot be run', 'chmod 644 $tool'],
      [
        'it prints garbage',
        'printf "#!/bin/sh\\necho garbage\\n" > $tool.new; chmod 755 $tool.new; mv -f $tool.new $tool',
      ],
      ['it prints nothing', 'printf "#!/bin/sh\\nexit 0\\n" > $tool.new; chmod 755 $tool.new; mv -f $tool.new $tool'],
      [
        'it is killed',
        'printf "#!/bin/sh\\nkill -9 \\$\\$\\n" > $tool.new; chmod 755 $tool.new; mv -f $tool.new $tool',
      ],
      ['it does not end', 'printf "#!/bin/sh\\nsleep 60\\n" > $tool.new; chmod 755 $tool.new; mv -f $tool.new $tool'],
    ])('%s', async (_, script) => {
      expect(await verdicts()).toEqual(['fail']);
      await put(script);
      expect(await verdicts()).toEqual(['error']);
    });
  });

  test('the helper is gone: it comes back', async () => {
    await engine.docker.remove(engine.agentContainer);
    await expect.poll(verdicts, { timeout: 30_000 }).toEqual(['fail']);
  });

  test('the engine of the node stands still', async () => {
    await on('kill -STOP $(pidof dockerd)');
    expect(await verdicts()).toEqual(['error']);
    await on('kill -CONT $(pidof dockerd)');
    expect(await verdicts()).toEqual(['fail']);
  });

  test('the engine of the node is dead', async () => {
    await on('mv /usr/sbin/dockerd /root/; kill -9 $(pidof dockerd)');
    expect(await verdicts()).toEqual(['error']);
    await on('mv /root/dockerd /usr/sbin/');
    await expect.poll(verdicts, { timeout: 30_000 }).toEqual(['fail']);
  });

  test('somebody else listens on its socket', async () => {
    await on(
      'mv /run/docker.sock /run/kept.sock; setsid nc -lkU /run/docker.sock > /dev/null 2>&1 < /dev/null & until [ -S /run/docker.sock ]; do sleep 0.05; done',
    );
    expect(await verdicts()).toEqual(['error']);
    await on('pkill -x nc; mv -f /run/kept.sock /run/docker.sock');
  });

  test('the node is stopped, and removed', async () => {
    const id = engine.containers.dock ?? '';
    await engine.docker.shutDown(id, 3);
    expect(await verdicts()).toEqual(['error']);
    await engine.environment.onContainer({ kind: 'die', id, name: 'dock', labels: {} });
    expect(await verdicts()).toEqual(['error']);
    await engine.docker.remove(id);
    expect(await verdicts()).toEqual(['error']);
  });
});
