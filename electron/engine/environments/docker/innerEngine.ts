import { LabError } from '../../../contract/error.ts';
import type { Agent, ScriptResult } from '../../agent/agent.ts';
import { quote } from '../../agent/quote.ts';
import { type NodeProcess, nodeStopped } from '../nodeProcess.ts';
import type { EngineReader } from './engineReader.ts';

/** Of Docker's API: the oldest that every engine in question speaks. */
const VERSION = 'v1.41';
/** Milliseconds. */
const DEADLINE = 3000;
/** With which our script says that the node's first process is gone. */
const GONE = 3;

/** Where the engine of a node listens, seen from the helper. */
export const engineSocket = (pid: number): string => `/proc/${pid}/root/run/docker.sock`;

/** The engine of a node, asked by our own curl over its socket: no program of the node is run, and what the node's `docker` says does not matter. */
export const innerEngine = (agent: Pick<Agent, 'run'>, { name, pid }: NodeProcess): EngineReader => ({
  async get(path) {
    if (pid === 0) throw nodeStopped(name);
    const curl = ['curl', '-sS', '--unix-socket', engineSocket(pid), '-w', '\n%{http_code}'];
    const script = `[ -e /proc/${pid}/root/. ] || exit ${GONE}\nexec ${quote([...curl, `http://docker/${VERSION}${path}`])}`;
    const result = await agent.run(script, { deadlineMs: DEADLINE });
    if (result.exit === GONE) throw nodeStopped(name);
    if (result.exit !== 0) throw silent(name, path, result);
    const end = result.stdout.lastIndexOf('\n');
    const status = result.stdout.slice(end + 1);
    if (status === '404') return null;
    const answer = status === '200' ? fromJson(result.stdout.slice(0, end)) : undefined;
    if (answer === undefined) throw unreadable(name, path, status, result.stdout);
    return answer;
  },
});

const silent = (node: string, path: string, { exit, stderr }: ScriptResult) =>
  new LabError(
    'probe-failed',
    `The Docker Engine of ${node} does not answer: curl ended with ${exit} and said "${stderr.trim().slice(0, 200)}".`,
    {
      hint: `This is not a wrong answer. See in a terminal of ${node} whether \`docker ps\` works; if it does not, reset the environment.`,
      data: { node, path, exit },
    },
  );

const unreadable = (node: string, path: string, status: string, said: string) =>
  new LabError(
    'probe-failed',
    `The Docker Engine of ${node} answered ${path} with ${status || 'nothing'}: "${said.trim().slice(0, 200)}".`,
    {
      hint: 'This is not your mistake and costs nothing. Check again; if it stays so, reset the environment.',
      data: { node, path, status },
    },
  );

const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
