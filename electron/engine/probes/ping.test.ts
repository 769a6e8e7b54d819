import { describe, expect, test } from 'vitest';
import { NodeDouble } from './nodeDouble.ts';
import { pingProbe } from './ping.ts';

const command = 'ping -n -q -p 7061746368626179 -c 1 -i 0.2 -W 1 10.0.0.9';
const summary = (sent: number, received: number, more = '') =>
  `PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.\n\n--- 10.0.0.9 ping statistics ---\n${sent} packets transmitted, ${received} received,${more} 0% packet loss, time 0ms\n`;
const ask = (answer: { exit: number; stdout?: string; stderr?: string }) =>
  pingProbe.read(new NodeDouble({ tools: { [command]: answer } }), pingProbe.params.parse({ to: '10.0.0.9' }));

test('a reply', async () =>
  expect(await ask({ exit: 0, stdout: summary(1, 1) })).toEqual([{ received: 1, transmitted: 1 }]));
test('no reply is a result', async () =>
  expect(await ask({ exit: 1, stdout: summary(1, 0) })).toEqual([{ received: 0, transmitted: 1 }]));
test('an error from a router is a result', async () =>
  expect(await ask({ exit: 1, stdout: summary(1, 0, ' +1 errors,') })).toEqual([{ received: 0, transmitted: 1 }]));
test('a packet that the node itself refuses to send is a result', async () =>
  expect(await ask({ exit: 1, stdout: summary(1, 0), stderr: 'ping: sendmsg: Operation not permitted' })).toEqual([
    { received: 0, transmitted: 1 },
  ]));

test.each([
  'ping: connect: Network is unreachable',
  'ping: connect: No route to host',
  'ping: connect: Invalid argument',
  'ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules',
  'ping: connect: Cannot assign requested address',
  'ping: sendmsg: Network is down',
])('%s: there is no way, which is a result', async (stderr) =>
  expect(await ask({ exit: 2, stderr })).toEqual([{ received: 0, transmitted: 0 }]),
);

test.each([
  { exit: 2, stderr: 'ping: socket: Operation not permitted' },
  { exit: 2, stderr: "ping: invalid argument: 'x'" },
  { exit: 2, stderr: '' },
  { exit: 0, stdout: '' },
  { exit: 0, stdout: 'pong' },
  { exit: 1, stdout: 'PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.' },
  { exit: 137, stdout: summary(1, 0) },
])('$exit $stderr is a fault of ours', async (answer) =>
  expect(ask(answer)).rejects.toMatchObject({ code: 'probe-failed' }),
);

describe('time', () => {
  test.each([1, 5])(
    'its own wait for %i packets is shorter than its deadline, and that than its limit',
    async (packets) => {
      const node = new NodeDouble({ tools: () => ({ exit: 1, stdout: summary(packets, 0) }) });
      const params = pingProbe.params.parse({ to: '10.0.0.9', packets });
      await pingProbe.read(node, params);
      const [deadline = 0] = node.deadlines;
      expect(deadline).toBeGreaterThan(1000 + (packets - 1) * 200 + 500);
      expect(pingProbe.limit?.(params)).toBeGreaterThan(deadline);
    },
  );
  test('IPv6 is asked twice before it counts as no reply', async () => {
    const node = new NodeDouble({ tools: () => ({ exit: 1, stdout: summary(1, 0) }) });
    expect(await pingProbe.read(node, pingProbe.params.parse({ to: '2001:db8::9' }))).toMatchObject([{ received: 0 }]);
    expect(node.asked).toHaveLength(2);
  });
});
