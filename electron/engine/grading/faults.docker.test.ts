import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ExpandedCheck } from '../catalog/expanded.ts';
import type { ProbeName } from '../probes/table.ts';
import { askChecks } from './checks.ts';
import { type RealNodes, realNodes } from './realNodes.ts';
import { checkOf, lookAt } from './samples.ts';

/** For each probe something that is so on node `a`. Where it is not so, or cannot be told, the table below says which. */
const truths: Record<Exclude<ProbeName, 'podnet' | 'kube' | 'pod-log' | 'docker'>, ExpandedCheck> = {
  process: checkOf({
    id: 'process',
    look: lookAt('process', { name: 'tini' }, 'command'),
    expect: { is: 'contains', value: 'sleep infinity' },
  }),
  socket: checkOf({
    id: 'socket',
    look: lookAt('socket', { port: 5000 }, 'process'),
    expect: { is: 'equals', value: 'nc' },
  }),
  unit: checkOf({
    id: 'unit',
    look: lookAt('unit', { name: 'own', key: 'Service.Restart' }, 'value'),
    expect: { is: 'equals', value: 'always' },
  }),
  capture: checkOf({
    id: 'capture',
    look: lookAt('capture', { from: '10.7.1.11', echo: 'request', direction: 'in' }),
    expect: { is: 'exists', value: true },
  }),
  cni: checkOf({ id: 'cni', look: lookAt('cni', {}, 'type'), expect: { is: 'equals', value: 'bridge' } }),
  dns: checkOf({
    id: 'dns',
    look: lookAt('dns', { ask: 'x.example', server: '10.7.1.11' }, 'status'),
    expect: { is: 'equals', value: 'NOREPLY' },
  }),

  interface: checkOf({
    id: 'interface',
    look: lookAt('interface', { name: 'eth0' }),
    expect: { is: 'equals', value: '02:11:22:33:44:0a' },
  }),
  address: checkOf({
    id: 'address',
    look: lookAt('address', { name: 'eth0' }),
    expect: { is: 'equals', value: '10.7.1.10' },
  }),
  neighbour: checkOf({
    id: 'neighbour',
    look: lookAt('neighbour', { to: '10.7.1.77' }),
    expect: { is: 'equals', value: '02:00:00:00:00:77' },
  }),
  route: checkOf({
    id: 'route',
    look: lookAt('route', { to: '10.9.9.9' }, 'gateway'),
    expect: { is: 'equals', value: '10.7.1.1' },
  }),
  bridge: checkOf({ id: 'bridge', look: lookAt('bridge', { name: 'own' }), expect: { is: 'exists', value: false } }),
  netns: checkOf({ id: 'netns', look: lookAt('netns', { name: 'red' }), expect: { is: 'exists', value: false } }),
  nat: checkOf({
    id: 'nat',
    look: lookAt('nat', { kind: 'masquerade' }, 'out'),
    expect: { is: 'equals', value: 'eth0' },
  }),
  http: checkOf({
    id: 'http',
    look: lookAt('http', { to: '10.7.1.10', port: 9 }, 'failure'),
    expect: { is: 'equals', value: 'no-connection' },
  }),
  ping: checkOf({ id: 'ping', look: lookAt('ping', { to: '10.7.1.11' }), expect: { is: 'at-least', value: 1 } }),
  hostname: checkOf({ id: 'hostname', look: lookAt('hostname'), expect: { is: 'equals', value: 'a' } }),
  sysctl: checkOf({
    id: 'sysctl',
    look: lookAt('sysctl', { name: 'net.ipv4.ip_forward' }),
    expect: { is: 'equals', value: 0 },
  }),
  file: checkOf({
    id: 'file',
    look: lookAt('file', { path: '/root/notes' }),
    expect: { is: 'contains', value: 'here' },
  }),
  exec: checkOf({
    id: 'exec',
    look: lookAt('exec', { command: 'echo here' }),
    expect: { is: 'equals', value: 'here' },
  }),
};
const checks = Object.values(truths);
/** The others read files and processes by programs that we send along, or run in the node; a capture that listens goes on. */
const throughHelper = checks
  .filter(({ id }) => !['netns', 'file', 'process', 'unit', 'cni', 'exec', 'capture'].includes(id))
  .map(({ id }) => id);
// Debian has ip in /usr/bin and a link to it in /usr/sbin.
const tools =
  '/usr/bin/tcpdump /usr/bin/ss /usr/bin/dig /usr/bin/ip /usr/sbin/ip /usr/sbin/bridge /usr/bin/ping /usr/bin/cat /usr/bin/uname /usr/bin/curl /usr/sbin/nft /usr/sbin/xtables-nft-multi /usr/sbin/xtables-legacy-multi';

let nodes: RealNodes;
beforeAll(async () => {
  nodes = await realNodes('faults');
  await nodes.type(
    'a',
    'ip neigh add 10.7.1.77 lladdr 02:00:00:00:00:77 dev eth0; iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE; echo here > /root/notes',
  );
  await nodes.environment.node('a').packets();
  await nodes.type('b', 'ping -c 1 -W 5 10.7.1.10');
  await nodes.type('a', 'setsid nc -l 127.0.0.1 5000 > /dev/null 2>&1 < /dev/zero &');
  await nodes.type('a', 'mkdir -p /etc/cni/net.d; echo \'{"type": "bridge"}\' > /etc/cni/net.d/1.conf');
  await nodes.type(
    'a',
    'mkdir -p /etc/systemd/system; printf "[Service]\\nRestart=always" > /etc/systemd/system/own.service',
  );
}, 600_000);
afterAll(() => nodes?.close());

const verdicts = async (which = checks) => {
  const outcomes = await askChecks(nodes.environment, which);
  for (const { verdict, message } of outcomes)
    if (verdict === 'error') expect(message).toMatch(/not your mistake|costs nothing|not a wrong answer/);
  return Object.fromEntries(outcomes.map(({ id, verdict }) => [id, verdict]));
};
const all = (verdict: string, ids: readonly string[] = checks.map(({ id }) => id)) =>
  Object.fromEntries(ids.map((id) => [id, verdict]));

test('at first all hold', async () => expect(await verdicts()).toEqual(all('pass')));

test("a learner's /sbin/ip and all other tools lie: every verdict is right, save that of exec", async () => {
  const lie = '#!/bin/sh\necho "[]"\nexit 0\n';
  for (const tool of tools.split(' ')) await nodes.docker.writeFile(nodes.containers.a ?? '', tool, lie, 0o755);
  expect((await nodes.type('a', 'ip addr')).trim()).toBe('[]');
  expect(await verdicts()).toEqual(all('pass'));
  await nodes.type(
    'a',
    'rm -rf /usr/lib/x86_64-linux-gnu/libmnl.so* /etc/ld.so.cache; echo PATH=/nowhere > /root/.bashrc',
  );
  expect(await verdicts()).toEqual(all('pass'));
});

describe('with a broken helper nothing is a fail', () => {
  /** Puts something in the place of the helper's own tools, or takes them away. */
  const broken = (how: string) => nodes.inAgent(`for tool in ${tools}; do ${how}; done`);
  const put = (script: string) =>
    broken(
      `[ -e $tool.kept ] || cp -a $tool $tool.kept; printf '#!/bin/sh\\n${script}\\n' > $tool.new; chmod 755 $tool.new; mv -f $tool.new $tool`,
    );
  afterEach(() => broken('[ ! -e $tool.kept ] || mv -f $tool.kept $tool'));

  /** One that is to be begun now. */
  const unheard = checkOf({
    id: 'unheard',
    look: lookAt('capture', {}, null, 'sw'),
    expect: { is: 'exists', value: true },
  });
  const asked = [...checks, unheard];
  const expected = { ...all('pass'), ...all('error', [...throughHelper, 'unheard']) };

  test('a tool is missing', async () => {
    await broken('mv $tool $tool.kept');
    expect(await verdicts(asked)).toEqual(expected);
  });
  test('a tool cannot be run', async () => {
    await broken('cp -a $tool $tool.kept; chmod 644 $tool');
    expect(await verdicts(asked)).toEqual(expected);
  });
  test('a tool prints garbage', async () => {
    await put('echo "this is no answer" >\\&2; echo "<html> </html>"; exit 1');
    expect(await verdicts(asked)).toEqual(expected);
  });
  test('a tool prints nothing', async () => {
    await put('exit 0');
    expect(await verdicts(asked)).toEqual(expected);
  });
  test('a tool is killed', async () => {
    await put('kill -9 $$');
    expect(await verdicts(asked)).toEqual(expected);
  });
  test('a tool does not end', async () => {
    await put('sleep 60');
    const began = performance.now();
    expect(await verdicts(asked)).toEqual(expected);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
  test('mended, all hold again', async () => expect(await verdicts()).toEqual(all('pass')));
});

test('the helper is killed while it is asked: an error, and the next time it is there again', async () => {
  const slow = checkOf({
    id: 'slow',
    look: lookAt('ping', { to: '10.7.1.99', packets: 5 }),
    expect: { is: 'equals', value: 0 },
  });
  const asked = askChecks(nodes.environment, [slow]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = performance.now();
  await nodes.docker.remove(nodes.agentContainer);
  expect(await asked).toMatchObject([{ verdict: 'error', message: expect.stringContaining('not your mistake') }]);
  expect(performance.now() - began).toBeLessThan(20_000);
  // Whoever asks while it is being made again may be too early on a busy machine.
  await expect.poll(() => verdicts(), { timeout: 30_000 }).toEqual(all('pass'));
});

test('changes are told again after the helper was killed', async () => {
  const heard: string[] = [];
  const unsubscribe = nodes.environment.onChange(({ node }) => heard.push(node));
  await expect
    .poll(
      async () => {
        heard.length = 0;
        await nodes.environment.node('b').net(['ip', 'route', 'replace', '10.99.0.0/24', 'via', '10.7.1.1']);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return heard;
      },
      { timeout: 10_000 },
    )
    .toContain('b');
  unsubscribe();
});

test('exec: what cannot be run, is ended or does not end is an error; an exit code is a result', async () => {
  const command = (id: string, line: string, seconds = 5) =>
    checkOf({ id, look: lookAt('exec', { command: line, seconds }, 'exit'), expect: { is: 'equals', value: 0 } });
  expect(
    await verdicts([
      command('good', 'true'),
      command('bad', 'false'),
      command('missing', 'no-such-program'),
      command('folder', '/root'),
      command('killed', 'kill -9 $$'),
      command('endless', 'sleep 60', 0.5),
    ]),
  ).toEqual({ good: 'pass', bad: 'fail', missing: 'error', folder: 'error', killed: 'error', endless: 'error' });
});

test("a learner's own mistake is a fail and not an error", async () => {
  const at = (node: string, command: string) => nodes.environment.node(node).net(command.split(' '));
  await at('b', 'ip link set eth0 down');
  expect(await verdicts([truths.ping])).toEqual({ ping: 'fail' });
  await at('b', 'ip link set eth0 up');
  await at('a', 'ip addr flush dev eth0');
  expect(await verdicts([truths.address, truths.route, truths.ping])).toEqual(
    all('fail', ['address', 'route', 'ping']),
  );
});

test('a node that is stopped, and one that is removed: all are errors, told at once', async () => {
  const { id } = (await nodes.docker.inspect(nodes.containers.a ?? '')) ?? { id: '' };
  await nodes.type('a', 'kill -TERM 1');
  await expect.poll(async () => (await nodes.docker.inspect(id))?.state).toBe('stopped');
  expect(await verdicts()).toEqual(all('error'));
  await nodes.environment.onContainer({ kind: 'die', id, name: 'a', labels: {} });
  const began = performance.now();
  expect(await verdicts()).toEqual(all('error'));
  await nodes.docker.remove(id);
  expect(await verdicts()).toEqual(all('error'));
  expect(performance.now() - began).toBeLessThan(20_000);
});
