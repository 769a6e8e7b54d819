import { describe, expect, test } from 'vitest';
import { NodeDouble } from './nodeDouble.ts';
import { routeProbe } from './route.ts';

const reading = (tools: ConstructorParameters<typeof NodeDouble>[0]['tools'], params: unknown) =>
  routeProbe.read(new NodeDouble({ tools }), routeProbe.params.parse(params));

describe('the way to an address', () => {
  const get = (answer: string | { exit: number; stdout?: string; stderr: string }) =>
    reading({ 'ip -j route get 10.0.9.9': answer }, { to: '10.0.9.9' });

  test('by a router', async () => {
    const printed =
      '[{"dst":"10.0.9.9","gateway":"10.0.0.2","dev":"eth0","prefsrc":"10.0.0.1","flags":[],"uid":0,"cache":[]}]';
    expect(await get(printed)).toEqual([
      {
        dst: '10.0.9.9/32',
        gateway: '10.0.0.2',
        dev: 'eth0',
        prefsrc: '10.0.0.1',
        type: 'unicast',
        protocol: null,
        metric: null,
        count: 1,
      },
    ]);
  });
  test('at the interface itself has no gateway', async () =>
    expect(
      (await get('[{"dst":"10.0.9.9","dev":"br0","prefsrc":"10.0.0.1","flags":[],"uid":0,"cache":[]}]'))[0],
    ).toMatchObject({
      gateway: null,
      dev: 'br0',
    }));
  test.each(['unreachable', 'blackhole', 'prohibit'])('a route that says %s is no way', async (type) =>
    expect(await get(JSON.stringify([{ type, dst: '10.0.9.9', dev: 'lo', flags: [] }]))).toEqual([]),
  );
  test('to itself is local', async () =>
    expect((await get('[{"type":"local","dst":"10.0.9.9","dev":"lo","flags":[],"cache":["local"]}]'))[0]?.type).toBe(
      'local',
    ));
  test('by a router of the other family', async () =>
    expect(
      (await get('[{"dst":"10.0.9.9","via":{"family":"inet6","host":"fe80::2"},"dev":"eth0","flags":[]}]'))[0]?.gateway,
    ).toBe('fe80::2'));

  test.each(['Network is unreachable', 'No route to host', 'Invalid argument', 'Permission denied', 'Network is down'])(
    '%s is no row, and no fault',
    async (why) => expect(await get({ exit: 2, stderr: `RTNETLINK answers: ${why}\n` })).toEqual([]),
  );
  test.each([
    { exit: 1, stderr: 'Cannot open netlink socket: Operation not permitted' },
    { exit: 2, stderr: 'RTNETLINK answers: Operation not permitted' },
    { exit: 2, stderr: '' },
    { exit: 255, stderr: 'Command "get" is unknown, try "ip route help".' },
    { exit: 0, stdout: 'unreachable', stderr: '' },
  ])('$exit $stderr is a fault of ours', async (answer) =>
    expect(get(answer)).rejects.toMatchObject({ code: 'probe-failed' }),
  );
});

describe('the table', () => {
  const table = JSON.stringify([
    {
      dst: 'default',
      flags: [],
      nexthops: [
        { gateway: '10.0.0.2', dev: 'eth0', weight: 1, flags: [] },
        { gateway: '10.0.0.3', dev: 'eth1', weight: 1, flags: [] },
      ],
    },
    { type: 'blackhole', dst: '9.0.0.0/8', flags: [] },
    { dst: '10.0.0.0/24', dev: 'eth0', protocol: 'kernel', scope: 'link', prefsrc: '10.0.0.1', flags: [] },
    { dst: '10.9.9.9', gateway: '10.0.0.2', dev: 'eth0', metric: 5, flags: [] },
  ]);
  const list = (params: unknown) =>
    reading({ 'ip -j -4 route show table main': table, 'ip -j -6 route show table main': '[]' }, params);

  test('each next hop is a row', async () =>
    expect((await list({})).map((row) => row.dst)).toEqual([
      'default',
      'default',
      '9.0.0.0/8',
      '10.0.0.0/24',
      '10.9.9.9/32',
    ]));
  test('the default route, by both of its names', async () => {
    expect((await list({ dst: 'default' })).map((row) => row.gateway)).toEqual(['10.0.0.2', '10.0.0.3']);
    expect(await list({ dst: '0.0.0.0/0' })).toHaveLength(2);
  });
  test('one network, and one address', async () => {
    expect(await list({ dst: '10.0.0.0/24' })).toHaveLength(1);
    expect((await list({ dst: '10.9.9.9/32' }))[0]?.metric).toBe(5);
  });
  test('no IPv6 routes are no rows', async () => expect(await list({ family: 'inet6' })).toEqual([]));
});
