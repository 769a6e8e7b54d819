import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { ScriptResult } from '../agent/agent.ts';
import { ownPort } from '../environments/capture/ownTraffic.ts';
import type { NodeHandle } from '../environments/environment.ts';
import { CONTAINER_LIMIT, inContainer } from './docker/inContainer.ts';
import { API_LIMIT } from './kubernetes/objects.ts';
import { namespaceOrAll, selectorParams } from './kubernetes/params.ts';
import { networksOf } from './kubernetes/pods.ts';
import { ipAddress } from './params.ts';
import type { Probe, Row } from './probe.ts';
import { unreadable } from './readJson.ts';
import { counted, countField } from './rows.ts';

const types = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;

const params = z.strictObject({
  ask: z
    .string()
    .regex(/^[A-Za-z0-9_*][\w.*:-]*$/, 'is not a domain name')
    .describe('The whole name, as no search domain is added; for PTR the address will do'),
  type: z.enum(types).default('A'),
  server: ipAddress.describe('Whom to ask'),
  from: z
    .enum(['node', 'pod', 'container'])
    .default('node')
    .describe(
      'pod: from the network of the first pod here that `name`, `namespace` and `selector` find; container: of the container with this `name`',
    ),
  ...selectorParams,
});

/** Seconds that dig waits for a reply, and how often it asks. */
const WAIT = 1;
const TRIES = 2;
/** Milliseconds: longer than dig's own wait, so that no reply is told from no dig. */
const DEADLINE = WAIT * TRIES * 1000 + 1500;

/** Asks one DNS server from the node, a pod or a container, with our own dig. What the server says, or that it says nothing, is a result: `status`. */
export const dnsProbe: Probe<typeof params> = {
  name: 'dns',
  about:
    'Asks one DNS server from the node, or from a pod or container on it, with a dig of our own; no reply is a result (`status: NOREPLY`)',
  mode: 'act',
  events: null,
  params,
  main: 'value',
  limit: ({ from }) => DEADLINE + { node: 2000, pod: API_LIMIT, container: CONTAINER_LIMIT }[from],
  fields: {
    value: {
      type: 'text',
      about: 'The address, name or text; of SOA the first server. Names have no dot at their end',
    },
    status: { type: 'name', about: 'NOERROR, NXDOMAIN, SERVFAIL, REFUSED, ..., or NOREPLY' },
    owner: { type: 'name', about: 'The name that the record belongs to' },
    ttl: { type: 'count', about: 'Seconds for which it may be kept' },
    priority: { type: 'count', about: 'Of MX and SRV' },
    weight: { type: 'count', about: 'Of SRV' },
    port: { type: 'port', about: 'Of SRV' },
    serial: { type: 'count', about: 'Of SOA' },
    ...countField,
  },
  async read(node, { from, name, namespace, selector, ...query }) {
    if (from === 'node') return ask(node, query);
    if (from === 'container') {
      const inside = await inContainer(node, name ?? '');
      return inside ? ask(inside, query) : [];
    }
    const [pod] = await networksOf(node, { name, namespace: namespaceOrAll(namespace), selector });
    return pod ? ask(pod.inside, query) : [];
  },
};

interface Query {
  readonly ask: string;
  readonly type: (typeof types)[number];
  readonly server: string;
}

const ask = async (node: NodeHandle, { ask, type, server }: Query): Promise<Row[]> => {
  const name = type === 'PTR' && ipaddr.isValid(ask) ? ['-x', ask] : ['-q', ask, '-t', type];
  const how = ['+noall', '+comments', '+answer', '+nosearch', `+time=${WAIT}`, `+tries=${TRIES}`];
  const from = `${server.includes(':') ? '::' : '0.0.0.0'}#${ownPort()}`;
  const command = ['dig', '-b', from, `@${server}`, ...name, ...how];
  const result = await node.net(command, { deadlineMs: DEADLINE });
  const status = statusIn(result);
  if (status === null) throw unreadable(node, command, result);
  const records = result.stdout.split('\n').flatMap((line) => recordIn(line, type));
  if (records.length === 0) return [{ ...nothing, status, count: 0 }];
  return counted(records.map((record) => ({ ...nothing, ...record, status })));
};

/** dig ends with 9 when nobody replied, and says so; then there was no way to the server, or nobody there. */
const statusIn = ({ exit, stdout }: ScriptResult): string | null => {
  if (exit === 0) return /^;; ->>HEADER<<-.*\bstatus: (\w+)/m.exec(stdout)?.[1] ?? null;
  return exit === 9 && /no servers could be reached|communications error|failed: |connection refused/i.test(stdout)
    ? 'NOREPLY'
    : null;
};

const nothing = {
  value: null,
  owner: null,
  ttl: null,
  priority: null,
  weight: null,
  port: null,
  serial: null,
} satisfies Row;

/** `web.default.svc.cluster.local. 30 IN A 10.96.3.4`: records of other types, such as the CNAME on the way, are passed over. */
const recordIn = (line: string, type: string): Row[] => {
  const [, owner = '', ttl, data = ''] =
    new RegExp(`^([^;\\s]\\S*)\\s+(\\d+)\\s+IN\\s+${type}\\s+(.+)$`).exec(line) ?? [];
  return ttl === undefined ? [] : [{ owner: bare(owner), ttl: Number(ttl), ...dataOf(type, data.trim()) }];
};

const dataOf = (type: string, data: string): Row => {
  const [first = '', second = '', third = '', fourth = ''] = data.split(/\s+/);
  switch (type) {
    case 'MX':
      return { priority: Number(first), value: bare(second) };
    case 'SRV':
      return { priority: Number(first), weight: Number(second), port: Number(third), value: bare(fourth) };
    case 'SOA':
      return { value: bare(first), serial: Number(third) };
    case 'TXT':
      return {
        value: [...data.matchAll(/"((?:\\.|[^"\\])*)"/g)]
          .map((part) => (part[1] ?? '').replace(/\\(.)/g, '$1'))
          .join(''),
      };
    default:
      return { value: bare(data) };
  }
};

/** The root itself keeps its dot. */
const bare = (name: string): string => (name === '.' ? name : name.replace(/\.$/, ''));
