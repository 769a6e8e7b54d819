import { z } from 'zod';
import type { ScriptResult } from '../agent/agent.ts';
import { markedPing } from '../environments/capture/ownTraffic.ts';
import type { NodeHandle } from '../environments/environment.ts';
import { CONTAINER_LIMIT, inContainer } from './docker/inContainer.ts';
import { ipAddress } from './params.ts';
import type { Probe, Row } from './probe.ts';
import { unreadable } from './readJson.ts';

const params = z.strictObject({
  to: ipAddress.describe('Whom to ask for an echo'),
  packets: z.int().min(1).max(5).default(1),
  container: z.string().min(1).optional().describe('From the network of this container; no row when it does not run'),
});

/** Milliseconds that ping waits for an answer, between packets, that we give it beyond both, and that the helper may need beyond that. */
const WAIT = 1000;
const INTERVAL = 200;
const MARGIN = 1500;
const GRACE = 2000;

/** Sends echo requests from the node, or from a container on it, with our own ping. No reply is a result: `received` is 0. */
export const pingProbe: Probe<typeof params> = {
  name: 'ping',
  about: 'Sends echo requests from the node, or from a container on it; no reply is a result (`received: 0`)',
  mode: 'act',
  events: null,
  params,
  main: 'received',
  fields: {
    received: { type: 'count', about: 'Replies that came within a second' },
    transmitted: { type: 'count', about: 'Requests that were sent; 0 when there was no way' },
  },
  limit: ({ to, packets, container }) =>
    (deadline(packets) + GRACE) * (to.includes(':') ? 2 : 1) + (container === undefined ? 0 : CONTAINER_LIMIT),
  async read(node, { to, packets, container }) {
    const place = container === undefined ? node : await inContainer(node, container);
    return place ? echoes(place, to, packets) : [];
  },
};

const echoes = async (node: NodeHandle, to: string, packets: number): Promise<Row[]> => {
  const first = await ask(node, to, packets);
  // The first IPv6 packets after a link came up can be lost while the address is being checked.
  if (first.received === 0 && to.includes(':')) return [await ask(node, to, packets)];
  return [first];
};

/** Longer than the longest wait of ping itself, so that no reply is told from no ping. */
const deadline = (packets: number): number => WAIT + INTERVAL * packets + MARGIN;

const ask = async (node: NodeHandle, to: string, packets: number) => {
  const command = [
    'ping',
    '-n',
    '-q',
    ...markedPing,
    '-c',
    `${packets}`,
    '-i',
    `${INTERVAL / 1000}`,
    '-W',
    `${WAIT / 1000}`,
    to,
  ];
  const result = await node.net(command, { deadlineMs: deadline(packets) });
  const counts = countsIn(result);
  if (counts === null) throw unreadable(node, command, result);
  return counts;
};

/**
 * Refusals by the kernel, before a packet leaves: no route, a blackhole, an interface that is down, a wrong mask that makes the address a
 * broadcast. All of them are the state of the node. `socket: Operation not permitted` is not among them: then our own tool lacks its right.
 */
const noWay =
  /ping: (connect|sendmsg|sendto): (Network is unreachable|No route to host|Invalid argument|Permission denied|Network is down|Cannot assign requested address|Operation not permitted)|Do you want to ping broadcast\?/;

const countsIn = ({ exit, stdout, stderr }: ScriptResult): { received: number; transmitted: number } | null => {
  const summary = /(\d+) packets transmitted, (\d+) received/.exec(stdout);
  if (summary && exit <= 1) return { received: Number(summary[2]), transmitted: Number(summary[1]) };
  if (exit === 2 && noWay.test(stderr)) return { received: 0, transmitted: 0 };
  return null;
};
