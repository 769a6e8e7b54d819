import { createHash } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RealNodes, realNodes } from '../../../grading/realNodes.ts';
import { openPipe } from './openPipe.ts';

let nodes: RealNodes;
beforeAll(async () => {
  nodes = await realNodes('pipe');
});
afterAll(() => nodes.close());

const port = (port: number) => ({ pid: nodes.environment.process('a').pid, address: '127.0.0.1', port });

/** Until something listens: the shell that was told to listen in the background says nothing. */
const listening = (port: number) =>
  expect.poll(() => nodes.type('a', `ss -ltnH sport = :${port}`), { timeout: 5000 }).not.toBe('');

test('bytes go both ways to a port of a node, and each end of it is told of', async () => {
  // It hears a line before it says one and hangs up: a peer that hangs up ends the pipe, whatever was still on its way to it.
  const peer = 'mkfifo /tmp/say; (nc -N -l -p 7001 < /tmp/say | (head -n 1 > /tmp/heard; echo hello) > /tmp/say)';
  await nodes.type('a', `${peer} > /dev/null 2>&1 & true`);
  await listening(7001);
  const pipe = await openPipe(nodes.agent, port(7001));
  pipe.end('from outside\n');
  expect(await text(pipe)).toBe('hello\n');
  expect(await nodes.type('a', 'cat /tmp/heard')).toBe('from outside\n');
});

test('megabytes come whole', async () => {
  const size = 20_000_000;
  const sum = (await nodes.type('a', `head -c ${size} /dev/urandom > /tmp/big; sha256sum < /tmp/big`)).split(' ')[0];
  await nodes.type('a', 'nc -N -l -p 7002 < /tmp/big > /dev/null 2>&1 & true');
  await listening(7002);
  const pipe = await openPipe(nodes.agent, port(7002));
  const bytes = await buffer(pipe);
  expect(bytes).toHaveLength(size);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sum);
});

test('a port at which nobody listens is a failed probe that says so', async () => {
  await expect(openPipe(nodes.agent, port(7999))).rejects.toMatchObject({
    code: 'probe-failed',
    message: expect.stringContaining('127.0.0.1:7999: '),
  });
});
