import { z } from 'zod';
import type { NodeHandle } from '../environments/environment.ts';
import { port } from './params.ts';
import type { Probe } from './probe.ts';
import { READ_DEADLINE, unreadable } from './readJson.ts';
import { counted, countField } from './rows.ts';

const params = z.strictObject({
  process: z.string().min(1).optional().describe('Only those of this process, such as etcd'),
  port: port.optional().describe('Only those with this port of their own'),
  state: z.enum(['listening', 'established']).default('listening'),
  protocol: z.enum(['tcp', 'udp']).default('tcp'),
  busiest: z
    .boolean()
    .default(false)
    .describe(
      'With `process` and `state: established`: only connections to that one of its listening ports that has most of them',
    ),
});

/** What a process waits for or talks by (`ss -tnp`, `netstat -nltp`), in the network of the node itself. */
export const socketProbe: Probe<typeof params> = {
  name: 'socket',
  about:
    'Ports that processes listen on and connections that they have (`ss -tnp`, `netstat -nltp`), in the network of the node itself',
  mode: 'observe',
  events: null,
  params,
  main: 'port',
  fields: {
    port: { type: 'port', about: 'Its own port' },
    local: { type: 'ip', about: 'Its own address; none when it takes any' },
    process: { type: 'name', about: 'Whose it is, as the kernel calls it (15 characters); none for the kernel itself' },
    peer: { type: 'ip', about: 'The address of the other end, when established' },
    'peer-port': { type: 'port', about: 'The port of the other end, when established' },
    ...countField,
  },
  async read(node, { process, port, state, protocol, busiest }) {
    const wanted = process?.slice(0, 15);
    const mine = (sockets: readonly Socket[]) => sockets.filter((it) => wanted === undefined || it.process === wanted);
    const found = mine(await sockets(node, protocol, state));
    if (!busiest) return counted(found.filter((it) => port === undefined || it.port === Number(port)));
    const listening = new Set(mine(await sockets(node, protocol, 'listening')).map((it) => it.port));
    return counted(busiestOf(found.filter((it) => listening.has(it.port))));
  },
};

type Socket = Readonly<{
  port: number;
  local: string | null;
  process: string | null;
  peer: string | null;
  'peer-port': number | null;
}>;

const sockets = async (node: NodeHandle, protocol: string, state: string): Promise<Socket[]> => {
  const command = [
    'ss',
    '-n',
    '-p',
    protocol === 'tcp' ? '-t' : '-u',
    ...(state === 'listening' ? ['-l'] : ['state', 'established']),
  ];
  const result = await node.net(command, { deadlineMs: READ_DEADLINE });
  // The heading stands there even when there is no socket: nothing at all is no answer.
  const [heading = '', ...lines] = result.stdout.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map(socketIn);
  // ss goes on without names when it may not see whose a socket is: then the answer would be wrong.
  const nameless = read.length > 0 && read.every((socket) => socket?.process === null);
  const answered = result.exit === 0 && /Local Address:Port/.test(heading);
  if (!answered || result.stderr.trim() !== '' || read.includes(null) || nameless)
    throw unreadable(node, command, result);
  return read.filter((socket) => socket !== null);
};

/** `LISTEN 0 4096 127.0.0.1:10259 0.0.0.0:* users:(("kube-scheduler",pid=1,fd=3))`; without the state's word when a state is asked for. */
const socketIn = (line: string): Socket | null => {
  const [, own, other, users = ''] = /^\s*(?:[A-Z][A-Z0-9-]*\s+)?\d+\s+\d+\s+(\S+)\s+(\S+)\s*(\S.*)?$/.exec(line) ?? [];
  const local = endIn(own);
  const peer = endIn(other);
  if (!local || !peer || local.port === null) return null;
  return {
    port: local.port,
    local: local.address,
    process: /users:\(\("([^"]*)"/.exec(users)?.[1] ?? null,
    peer: peer.address,
    'peer-port': peer.port,
  };
};

/** `*` and 0.0.0.0 and [::] are any address; `%lo` is the interface that it is bound to. */
const endIn = (text = ''): { address: string | null; port: number | null } | null => {
  const [, address, port] = /^(.*):(\d+|\*)$/.exec(text) ?? [];
  if (address === undefined || port === undefined) return null;
  const bare = address
    .replace(/%.*$/, '')
    .replace(/^\[(.*?)\]?$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/, '');
  return { address: ['*', '0.0.0.0', '::'].includes(bare) ? null : bare, port: port === '*' ? null : Number(port) };
};

/** All sockets of the port that most of them have; of several ports with as many, all. */
const busiestOf = (found: readonly Socket[]): Socket[] => {
  const perPort = new Map<number, number>();
  for (const { port } of found) perPort.set(port, (perPort.get(port) ?? 0) + 1);
  const most = Math.max(0, ...perPort.values());
  return found.filter(({ port }) => perPort.get(port) === most);
};
