import { LabError } from '../../contract/error.ts';
import type { Docker } from '../docker/docker.ts';
import { label } from '../docker/labels.ts';
import type { Agent, ScriptOptions, ScriptResult } from './agent.ts';
import { AgentChannel, agentGone } from './channel.ts';
import dispatcher from './dispatcher.pl?raw';
import { OpenStreams } from './openStreams.ts';
import watcher from './watcher.pl?raw';

const DEFAULT_DEADLINE = 2000;
/**
 * Namespaces of other containers are entered (SYS_ADMIN, SYS_PTRACE; SYS_CHROOT for their mounts) and changed (NET_ADMIN); NET_RAW is for ping and tcpdump.
 * SETUID and SETGID: tcpdump becomes the user that it is told to be, root too.
 */
const RIGHTS = [
  'NET_ADMIN',
  'NET_RAW',
  'SYS_ADMIN',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'DAC_OVERRIDE',
  'KILL',
  'SETUID',
  'SETGID',
];

export interface AgentPlace {
  readonly docker: Docker;
  readonly image: string;
  /** Whose containers: the owner label's value. */
  readonly owner: string;
  readonly version: string;
}

/**
 * The agent of one owner on one Docker Engine: a container that is made when it is missing, and one channel into it that is opened anew when it
 * broke. A request under way when it breaks is rejected, never sent twice.
 */
export const connectAgent = (place: AgentPlace): Agent => {
  const name = `patchbay-agent-${place.owner}`;
  let channel: Promise<AgentChannel> | null = null;
  let closed = false;
  const streams = new OpenStreams(place.docker, { [label.owner]: place.owner, [label.role]: 'agent' });

  /** One look at a time: a watch and a request at once must not make the container twice. */
  let making: Promise<string> | null = null;
  const container = () => {
    // Nobody would remove it any more.
    if (closed) return Promise.reject(agentGone('it was closed'));
    making ??= standingContainer(place, name).finally(() => {
      making = null;
    });
    return making;
  };

  const open = async (): Promise<AgentChannel> => {
    const opened = new AgentChannel(await streams.exec(await container(), ['perl', '-e', dispatcher]));
    await opened.ready();
    return opened;
  };

  const current = async (): Promise<AgentChannel> => {
    if (closed) throw agentGone('it was closed');
    const standing = await channel?.catch(() => null);
    if (standing && !standing.dead) return standing;
    channel = open();
    try {
      return await channel;
    } catch (error) {
      channel = null;
      throw error instanceof LabError ? error : agentGone(String(error), error);
    }
  };
  /** Callers that come while it is being opened share one opening. */
  let opening: Promise<AgentChannel> | null = null;
  const shared = () => {
    opening ??= current().finally(() => {
      opening = null;
    });
    return opening;
  };

  return {
    async run(script: string, options: ScriptOptions = {}): Promise<ScriptResult> {
      const to = await shared();
      return to.run(script, options.deadlineMs ?? DEFAULT_DEADLINE);
    },
    async watch(script, onLine, signal) {
      const exec = await streams.exec(await container(), ['perl', '-e', watcher, script]);
      let rest = '';
      exec.stream.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine(line);
      });
      exec.stream.on('error', () => undefined);
      signal.addEventListener('abort', () => exec.drop(), { once: true });
      if (signal.aborted) exec.drop();
      await exec.exit;
    },
    open: async (command) => streams.exec(await container(), command),
    async close() {
      closed = true;
      streams.close();
      channel?.then((standing) => standing.close()).catch(() => undefined);
      await making?.catch(() => undefined);
    },
  };
};

/** The container's id, made or started when needed. */
const standingContainer = async ({ docker, image, owner, version }: AgentPlace, name: string): Promise<string> => {
  const found = await docker.inspect(name);
  // One of the same version that was made with other rights is of no use either.
  const made = `${version}, ${RIGHTS.length} rights`;
  if (found?.state === 'running' && found.labels[label.version] === made && found.labels[label.unit] === image)
    return found.id;
  if (found) await docker.remove(found.id);
  const id = await docker.create({
    name,
    image,
    command: ['sleep', 'infinity'],
    labels: { [label.owner]: owner, [label.role]: 'agent', [label.unit]: image, [label.version]: made },
    pidMode: 'host',
    capDrop: ['ALL'],
    capAdd: RIGHTS,
    // Writing net.* sysctls of a node: Docker's default profile and read-only paths would refuse it.
    apparmor: 'unconfined',
    readonlyPaths: [],
  });
  await docker.start(id);
  return id;
};
