import { z } from 'zod';
import type { ScriptResult } from '../agent/agent.ts';
import { ownPorts } from '../environments/capture/ownTraffic.ts';
import { ipAddress, port } from './params.ts';
import type { Probe } from './probe.ts';
import { unreadable } from './readJson.ts';

const params = z.strictObject({
  to: ipAddress.describe('Whom to ask'),
  port: port.default(80),
  path: z
    .string()
    .regex(/^\/[\x21-\x7e]*$/, 'is not a path, such as /index.html')
    .default('/'),
  host: z
    .string()
    .regex(/^[\w.:-]+$/, 'is not the name of a host')
    .optional()
    .describe('The name to ask for; without it the address'),
});

/** Seconds that curl waits for the whole answer. */
const WAIT = 2;
/** Milliseconds: longer than that, so that no answer is told from no curl. */
const DEADLINE = WAIT * 1000 + 1500;
const GRACE = 2000;
/** Characters of a body that are kept. */
const BODY_LIMIT = 64 * 1024;

/** Sends an HTTP GET from the node with a curl of our own. That nobody answers, or somebody in another language, is a result: `failure` says which. */
export const httpProbe: Probe<typeof params> = {
  name: 'http',
  about: 'Sends an HTTP GET from the node, with a curl of our own; that there is no answer is a result (`failure`)',
  mode: 'act',
  events: null,
  params,
  main: 'status',
  limit: () => DEADLINE + GRACE,
  fields: {
    status: { type: 'count', about: 'The status code, such as 200; none without an answer' },
    body: { type: 'text', about: 'What the server sent, at most 65536 characters' },
    client: {
      type: 'ip',
      about:
        'The first IP address in the body: of a server that says whom it sees, the address that the request came from',
    },
    failure: {
      type: 'name',
      about:
        'Why there is no answer: no-connection (refused, or no way), no-reply (nothing came in 2 s) or no-http; none with an answer',
    },
  },
  async read(node, { to, port, path, host }) {
    const url = `http://${to.includes(':') ? `[${to}]` : to}:${port}${path}`;
    const options = [
      '-q',
      '-s',
      '-S',
      '-g',
      '--path-as-is',
      '--noproxy',
      '*',
      '--local-port',
      ownPorts(),
      '-m',
      `${WAIT}`,
      '-w',
      `${END.replace('\n', '\\n')}%{http_code}`,
    ];
    const command = ['curl', ...options, ...(host === undefined ? [] : ['-H', `Host: ${host}`]), url];
    const result = await node.net(command, { deadlineMs: DEADLINE });
    const answer = answerIn(result);
    if (answer === null) throw unreadable(node, command, result);
    return [answer];
  },
};

/** What we have curl write between the body and the status: the last one counts, whatever the body holds. */
const END = '\n--status ';

/** man curl, EXIT CODES: those that are the state of the network or of the server. */
const failures: Readonly<Record<number, string>> = {
  1: 'no-http',
  7: 'no-connection',
  8: 'no-http',
  18: 'no-http',
  28: 'no-reply',
  52: 'no-http',
  56: 'no-connection',
};

const answerIn = ({ exit, stdout }: ScriptResult) => {
  const at = stdout.lastIndexOf(END);
  const code = /^\d{3}$/.exec(stdout.slice(at + END.length))?.[0];
  if (at < 0 || code === undefined) return null;
  const failure = failures[exit];
  if (exit !== 0 && failure === undefined) return null;
  if (failure !== undefined) return { status: null, body: null, client: null, failure };
  const body = stdout.slice(0, at).slice(0, BODY_LIMIT);
  return { status: Number(code), body, client: firstAddress(body), failure: null };
};

const firstAddress = (body: string): string | null => /\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(body)?.[0] ?? null;
