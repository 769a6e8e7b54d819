import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../../../contract/error.ts';
import type { Docker } from '../../../docker/docker.ts';
import type { Containers } from '../../provider.ts';
import { GATEWAY } from '../containers.ts';

/** Milliseconds. It is told after a failure, to somebody who waits already. */
const LOOK = 4000;

/** Component -> what it says of itself on its node. */
const logCommands: Readonly<Record<string, string>> = {
  kubelet: 'journalctl -u kubelet -n 12 --no-pager -o cat',
  containerd: 'journalctl -u containerd -n 12 --no-pager -o cat',
};
const podLogs = (component: string) => `tail -q -n 12 /var/log/pods/*${component}*/*/*.log`;

/** Seen as a whole in the file; the error has the part that matters. */
const everything = [
  'journalctl -n 60 --no-pager',
  'tail -n 20 /var/log/pods/*/*/*.log',
  'ip -br address; ip route',
  'ls -la /etc/kubernetes/manifests /etc/cni/net.d 2>&1',
];

/**
 * A failed start with what is known about it: on which node, which component, its last lines, and where all of it can be read after the containers
 * are gone. What has its lines already keeps them.
 * @param folder where the file goes: the state directory's logs
 */
export const diagnosed = async (
  docker: Docker,
  containers: Containers,
  folder: string,
  run: string,
  thrown: unknown,
): Promise<LabError> => {
  const error = (await whoEnded(docker, containers, thrown)) ?? LabError.from(thrown);
  const file = join(folder, `cluster-${run}.log`);
  const [log, whole] = await Promise.all([componentLog(docker, containers, error), wholeLog(docker, containers)]);
  const kept = await keep(file, `${error.message}\n\n${whole}`);
  const command = kept ? `less ${file}` : 'patchbay doctor';
  return new LabError(error.code === 'timeout' ? 'environment-failed' : error.code, error.message, {
    hint: error.hint ?? `Try again: images and the frozen cluster stay. What the nodes said: \`${command}\``,
    data: { ...error.data, ...(log ? { log } : {}), command },
    cause: error,
  });
};

/** Whatever failed first: a container that has ended is the reason for it. What was not started yet has not ended. */
const whoEnded = async (docker: Docker, containers: Containers, cause: unknown): Promise<LabError | null> => {
  for (const [name, container] of Object.entries(containers)) {
    const state = await docker.inspect(container).catch(() => undefined);
    if (state === undefined || (state !== null && state.state !== 'stopped')) continue;
    const log = await docker.logs(container, 12).catch(() => '');
    return new LabError('environment-failed', `${name} ended while the cluster was starting.`, {
      data: { node: name, component: 'container', log: log.split('\n') },
      cause,
    });
  }
  return null;
};

const componentLog = async (docker: Docker, containers: Containers, { data }: LabError): Promise<string[] | null> => {
  const { node, component, log } = data;
  if (typeof node !== 'string' || typeof component !== 'string') return null;
  const container = containers[node];
  // kubeadm waits for the kubelet, which alone knows what is wrong.
  const speaker = component.startsWith('kubeadm') ? 'kubelet' : component;
  if (!container || (Array.isArray(log) && speaker === component)) return null;
  const said = await output(docker, container, logCommands[speaker] ?? podLogs(speaker));
  return [...(Array.isArray(log) ? log.slice(-5) : []), ...said.trim().split('\n').slice(-10)];
};

const wholeLog = async (docker: Docker, containers: Containers): Promise<string> => {
  const parts = await Promise.all(
    Object.entries(containers).map(async ([name, container]) => {
      const own = await docker.logs(container, 40).catch((error) => String(error));
      const inside =
        name === GATEWAY ? [] : await Promise.all(everything.map((command) => output(docker, container, command)));
      return [`===== ${name}`, own, ...inside].join('\n');
    }),
  );
  return parts.join('\n\n');
};

const output = async (docker: Docker, container: string, command: string): Promise<string> => {
  try {
    const { stdout, stderr } = await docker.execToEnd(container, ['timeout', '3', 'sh', '-c', command], {
      deadlineMs: LOOK,
    });
    return `# ${command}\n${stdout}${stderr}`;
  } catch (error) {
    return `# ${command}\n${LabError.from(error).message}`;
  }
};

const keep = async (file: string, text: string): Promise<boolean> => {
  try {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
};
