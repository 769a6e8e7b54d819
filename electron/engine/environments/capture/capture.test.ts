import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import { Captures } from './captures.ts';

/** One stream that was opened, as the agent would have it. */
interface Stream {
  readonly script: string;
  readonly line: (text: string) => void;
  readonly signal: AbortSignal;
  end(): void;
  fail(error: Error): void;
}

let streams: Stream[];
let told: string[];
let captures: Captures;
const node = { name: 'a', container: 'c', pid: 7 };

beforeEach(() => {
  streams = [];
  told = [];
  const watch: Agent['watch'] = (script, line, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => resolve());
      streams.push({ script, line, signal, end: resolve, fail: reject });
    });
  captures = new Captures({ watch } as unknown as Agent, (name) => told.push(name));
});
afterEach(() => {
  captures.close();
  vi.useRealTimers();
});

const stream = (): Stream => streams.at(-1) as Stream;
const listening = async () => {
  const asked = captures.packets(node);
  stream().line('tcpdump: data link type LINUX_SLL2');
  stream().line('listening');
  return asked;
};

test('what was seen since the first question, each kind once, and a new kind is told', async () => {
  expect(await listening()).toEqual([]);
  stream().line('packet eth0 in 10.0.0.1 10.0.0.2 icmp request');
  stream().line('packet eth0 in 10.0.0.1 10.0.0.2 icmp request');
  stream().line('packet eth0 out 10.0.0.2 10.0.0.1.53 udp -');
  stream().line('this is no packet');
  const packet = { ifname: 'eth0', direction: 'in', source: '10.0.0.1', destination: '10.0.0.2' };
  expect(await captures.packets(node)).toEqual([
    { ...packet, protocol: 'icmp', port: null, echo: 'request' },
    { ...packet, direction: 'out', source: '10.0.0.2', destination: '10.0.0.1', protocol: 'udp', port: 53, echo: null },
  ]);
  expect(told).toEqual(['a', 'a']);
  expect(streams).toHaveLength(1);
  expect(stream().script).toMatch(/^nsenter -t 7 -n tcpdump /);
});

test('a port is apart from an IPv6 address', async () => {
  await listening();
  stream().line('packet eth0 in fd00::1 fd00::2.8080 tcp -');
  expect(await captures.packets(node)).toMatchObject([{ destination: 'fd00::2', port: 8080, protocol: 'tcp' }]);
});

test('all who ask at once wait for the same stream', async () => {
  const asked = [captures.packets(node), captures.packets(node)];
  stream().line('listening');
  expect(await Promise.all(asked)).toEqual([[], []]);
  expect(streams).toHaveLength(1);
});

test('what ends before it listens says why, and is begun anew', async () => {
  const asked = captures.packets(node);
  stream().line('nsenter: failed to execute tcpdump: No such file or directory');
  stream().end();
  await expect(asked).rejects.toMatchObject({
    code: 'probe-failed',
    message: expect.stringContaining('failed to execute tcpdump'),
    hint: expect.stringContaining('not your mistake'),
  });
  await expect(listening()).rejects.toMatchObject({ code: 'probe-failed' });
  expect(await captures.packets(node)).toEqual([]);
});

test('a fault of the helper passes through as it is', async () => {
  const fault = new LabError('agent-failed', 'so it is');
  const asked = captures.packets(node);
  stream().fail(fault);
  await expect(asked).rejects.toBe(fault);
});

test('an interruption is told once, and what was seen before it stays', async () => {
  await listening();
  stream().line('packet eth0 in 10.0.0.1 10.0.0.2 icmp reply');
  stream().end();
  await vi.waitFor(async () => {
    const asked = captures.packets(node);
    stream().line('listening');
    await expect(asked).rejects.toMatchObject({ hint: expect.stringContaining('once more') });
  });
  expect(await captures.packets(node)).toHaveLength(1);
});

test('one that does not begin is given up', async () => {
  vi.useFakeTimers();
  const asked = captures.packets(node);
  const rejected = expect(asked).rejects.toMatchObject({ code: 'probe-failed' });
  await vi.advanceTimersByTimeAsync(6000);
  await rejected;
  expect(stream().signal.aborted).toBe(true);
});

test('a node that was started again is listened to anew, and one that is stopped is not', async () => {
  await listening();
  stream().line('packet eth0 in 10.0.0.1 10.0.0.2 icmp reply');
  const again = captures.packets({ ...node, pid: 8 });
  expect(streams[0]?.signal.aborted).toBe(true);
  stream().line('listening');
  expect(await again).toEqual([]);
  await expect(captures.packets({ ...node, pid: 0 })).rejects.toMatchObject({ code: 'node-stopped' });
});

test('a flood of different packets is bounded', async () => {
  await listening();
  for (let port = 1; port <= 2500; port++) stream().line(`packet eth0 in 10.0.0.1 10.0.0.2.${port} tcp -`);
  const kept = await captures.packets(node);
  expect([kept.length, kept.at(-1)?.port]).toEqual([2000, 2500]);
});
