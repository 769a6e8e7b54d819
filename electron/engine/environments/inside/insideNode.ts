import { LabError } from '../../../contract/error.ts';
import type { Agent, ScriptResult } from '../../agent/agent.ts';
import { quote } from '../../agent/quote.ts';
import { type NodeProcess, nodeStopped } from '../nodeProcess.ts';
import filesProgram from './files.pl?raw';
import type { FolderEntry, InsideProcess, NamedNetns, NodeInside } from './inside.ts';
import netnsProgram from './netns.pl?raw';
import processesProgram from './processes.pl?raw';

/** Bytes. Whatever a lab asks about is far smaller, and a node must not fill our memory. */
const FILE_LIMIT = 1024 * 1024;
/** Milliseconds. */
const DEADLINE = 3000;
/** With which our programs say that the node's first process is gone. */
const GONE = 3;

/** Reads a node through the agent, by way of /proc. Rejects with `node-stopped`, `agent-failed`, `probe-timeout` or `probe-failed`. */
export const insideNode = (agent: Pick<Agent, 'run'>, { name, pid }: NodeProcess): NodeInside => {
  const read = async (what: string, program: string, ...args: string[]): Promise<string> => {
    if (pid === 0) throw nodeStopped(name);
    const command = ['perl', '-e', program, `${pid}`, ...args];
    const result = await agent.run(`exec ${quote(command)}`, { deadlineMs: DEADLINE });
    if (result.exit === GONE) throw nodeStopped(name);
    if (result.exit !== 0) throw unreadable(name, what, result);
    return result.stdout;
  };
  const processes = async (): Promise<InsideProcess[]> => {
    const listed = linesOf(await read('the list of its processes', processesProgram)).map(processIn);
    // The node's first process at least is there: an empty list is no list.
    if (listed.length === 0 || listed.includes(null))
      throw unreadable(name, 'the list of its processes', { exit: 0, stdout: '', stderr: '' });
    return listed.filter((process) => process !== null);
  };
  return {
    processes,
    async file(path) {
      const [kind, value = ''] = (await read(path, filesProgram, 'read', path, `${FILE_LIMIT}`)).trim().split(' ');
      if (kind === 'none') return null;
      if (kind === 'file') return Buffer.from(value, 'hex');
      if (kind === 'large')
        throw new LabError('limit', `${path} on ${name} has ${value} bytes; ${FILE_LIMIT} is the most that is read.`, {
          data: { node: name, path },
        });
      throw unreadable(name, path, { exit: 0, stdout: kind ?? '', stderr: '' });
    },
    async folder(path) {
      const [kind, ...lines] = linesOf(await read(path, filesProgram, 'list', path));
      if (kind === 'none') return null;
      const entries = lines.map(entryIn);
      if (kind !== 'folder' || entries.includes(null))
        throw unreadable(name, path, { exit: 0, stdout: kind ?? '', stderr: '' });
      return entries.filter((entry) => entry !== null);
    },
    async namespaces() {
      const [kind, ...lines] = linesOf(await read('/run/netns', netnsProgram, 'list'));
      const listed = lines.map(namespaceIn);
      if (kind !== 'namespaces' || listed.includes(null))
        throw unreadable(name, '/run/netns', { exit: 0, stdout: '', stderr: '' });
      return listed.filter((namespace) => namespace !== null);
    },
  };
};

/** A command for the agent that runs one of our tools in a named network namespace of the node whose first process this is. */
export const inNetnsCommand = (pid: number, name: string, command: readonly string[]): string[] => [
  'perl',
  '-e',
  netnsProgram,
  `${pid}`,
  'run',
  name,
  ...command,
];
/** Whether it could not be entered, because there is no such namespace (any more). */
export const isNoNetns = ({ exit, stderr }: ScriptResult): boolean => exit === 4 && stderr === 'no such namespace\n';

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const fromHex = (hex: string | undefined): string => (hex === '-' ? '' : Buffer.from(hex ?? '', 'hex').toString());

const processIn = (line: string): InsideProcess | null => {
  const [outer, pid, pod, comm, args] = line.split(' ');
  if (!/^\d+$/.test(outer ?? '') || !/^\d+$/.test(pid ?? '') || pod === undefined || args === undefined) return null;
  return {
    pid: Number(pid),
    outerPid: Number(outer),
    pod: pod === '-' ? null : pod,
    comm: fromHex(comm),
    args: args === '-' ? [] : fromHex(args).replace(/\0$/, '').split('\0'),
  };
};

const kinds: readonly string[] = ['file', 'folder', 'link', 'other'] satisfies FolderEntry['kind'][];
const isKind = (word: string | undefined): word is FolderEntry['kind'] => kinds.includes(word ?? '');

const entryIn = (line: string): FolderEntry | null => {
  const [kind, size, name] = line.split(' ');
  if (!isKind(kind) || name === undefined) return null;
  return { kind, size: Number(size), name: fromHex(name) };
};

const namespaceIn = (line: string): NamedNetns | null => {
  const [, inode, name] = /^(\d+) ([0-9a-f]+)$/.exec(line) ?? [];
  return inode === undefined ? null : { name: fromHex(name), inode: Number(inode) };
};

const unreadable = (node: string, what: string, { exit, stdout, stderr }: ScriptResult) =>
  new LabError(
    'probe-failed',
    `Patchbay could not read \`${what}\` of ${node}: it ended with ${exit} and said "${(stderr.trim() || stdout.trim()).slice(0, 300)}".`,
    {
      hint: 'This is not your mistake and costs nothing. Check again; if it stays so, reset the environment, and see `patchbay doctor`.',
      data: { node, what, exit },
    },
  );
