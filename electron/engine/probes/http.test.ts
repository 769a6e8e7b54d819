import { describe, expect, test } from 'vitest';
import { httpProbe } from './http.ts';
import { NodeDouble } from './nodeDouble.ts';

const asked = async (answer: string | { exit: number; stdout?: string; stderr?: string }, params: object = {}) => {
  const node = new NodeDouble({ tools: () => answer });
  const rows = await httpProbe.read(node, httpProbe.params.parse({ to: '10.0.0.9', ...params }));
  return { rows, command: node.asked[0], deadline: node.deadlines[0] ?? 0 };
};
const answer = (body: string, status = 200) => `${body}\n--status ${status}`;

test('an answer, with every field', async () =>
  expect((await asked(answer('hello 10.0.0.7:4711\n'))).rows).toEqual([
    { status: 200, body: 'hello 10.0.0.7:4711\n', client: '10.0.0.7', failure: null },
  ]));
test('a body that looks like our own last line', async () =>
  expect((await asked(answer('\n--status 500\n', 404))).rows).toMatchObject([
    { status: 404, body: '\n--status 500\n', client: null },
  ]));
test('an empty body', async () =>
  expect((await asked(answer('', 204))).rows).toMatchObject([{ status: 204, body: '' }]));

test.each([
  [7, 'no-connection'],
  [56, 'no-connection'],
  [28, 'no-reply'],
  [52, 'no-http'],
  [1, 'no-http'],
])('curl ends with %i: %s, which is a result', async (exit, failure) =>
  expect((await asked({ exit, stdout: answer('half', 0).replace(/0$/, '000'), stderr: 'curl: ...' })).rows).toEqual([
    { status: null, body: null, client: null, failure },
  ]),
);

test.each([
  { exit: 2, stdout: answer('') },
  { exit: 3, stdout: answer('') },
  { exit: 7, stdout: '' },
  { exit: 0, stdout: 'hello' },
  { exit: 0, stdout: '' },
  { exit: 137, stdout: answer('hello') },
])(
  '$exit "$stdout" is a fault of ours',
  async (what) => await expect(asked(what)).rejects.toMatchObject({ code: 'probe-failed' }),
);

describe('what curl is given', () => {
  test('no proxy and no settings of anybody', async () => {
    const { command } = await asked(answer(''));
    expect(command).toMatch(/^curl -q .*--noproxy \* .*http:\/\/10\.0\.0\.9:80\/$/);
  });
  test('port, path and name', async () => {
    const { command } = await asked(answer(''), { port: '8080', path: '/who?x=1', host: 'web.example' });
    expect(command).toContain('-H Host: web.example http://10.0.0.9:8080/who?x=1');
  });
  test('an IPv6 address', async () =>
    expect((await asked(answer(''), { to: 'fd00::9' })).command).toContain('http://[fd00::9]:80/'));
  test('its own wait is shorter than its deadline, and that than its limit', async () => {
    const { command = '', deadline } = await asked(answer(''));
    const wait = Number(/ -m (\d+) /.exec(command)?.[1]) * 1000;
    expect(wait).toBeGreaterThan(0);
    expect(deadline).toBeGreaterThan(wait + 1000);
    expect(httpProbe.limit?.(httpProbe.params.parse({ to: '10.0.0.9' }))).toBeGreaterThan(deadline);
  });
});

test.each([{ path: 'x' }, { path: '/a b' }, { host: 'a b' }, { port: 0 }, { port: '80x' }, { to: 'web' }])(
  '%j is no request',
  (params) => expect(httpProbe.params.safeParse({ to: '10.0.0.9', ...params }).success).toBe(false),
);
