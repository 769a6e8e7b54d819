import { LabError } from '../../../../contract/error.ts';
import type { Agent } from '../../../agent/agent.ts';
import type { NodeInside } from '../../inside/inside.ts';

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const AUTHORITY = '/etc/kubernetes/pki/ca.crt';
const ETCD = '/var/lib/etcd/member';
/** Lines of a log that say enough; characters of one. */
const LINES = 4;
const LENGTH = 240;
const MEND = 'This is not a wrong answer, and nothing was counted.';

/** The control plane, as far as its files and processes tell. */
export interface ControlPlane {
  readonly name: string;
  readonly pid: number;
  readonly inside: NodeInside;
}

/**
 * Why nobody answers at the API server's port, from what its node looks like from outside; null where nothing there explains it. `data.remedy` is
 * `reset` where nothing else helps any more.
 */
export const whySilent = async (agent: Pick<Agent, 'run'>, node: ControlPlane): Promise<LabError | null> => {
  const { inside } = node;
  const [processes, manifest, authority, etcd] = await Promise.all([
    inside.processes(),
    inside.file(MANIFEST),
    inside.file(AUTHORITY),
    inside.folder(ETCD),
  ]);
  const runs = (comm: string) => processes.some((each) => each.comm === comm);
  if (authority === null && etcd === null) return controlPlaneGone(node.name);
  const log = manifest === null ? [] : await lastLines(agent, node.pid);
  const said = log.length > 0 ? ` Its last lines: ${log.join(' | ')}` : '';
  // First, for a container whose manifest was taken away may take long to end.
  if (manifest === null) return silent(node.name, `there is no ${MANIFEST}, so that nobody starts kube-apiserver.`);
  if (runs('kube-apiserver'))
    return log.length === 0 ? null : silent(node.name, `kube-apiserver runs and does not answer.${said}`, log);
  if (!runs('kubelet')) return silent(node.name, 'the kubelet does not run, and nobody else starts kube-apiserver.');
  if (log.length > 0) return silent(node.name, `kube-apiserver's container keeps exiting.${said}`, log);
  return silent(
    node.name,
    `the kubelet starts no kube-apiserver from ${MANIFEST}; \`journalctl -u kubelet\` says why.`,
  );
};

const silent = (node: string, why: string, log: readonly string[] = []) =>
  new LabError('probe-failed', `The cluster's API server did not answer: on ${node} ${why}`, {
    hint: `${MEND} Mend it, or reset the environment: \`patchbay reset\`.`,
    data: { node, component: 'kube-apiserver', ...(log.length > 0 ? { log: [...log] } : {}) },
  });

/** What `kubeadm reset` leaves: neither the authority nor etcd's data, without which the cluster cannot come back. */
export const controlPlaneGone = (node: string) =>
  new LabError(
    'environment-failed',
    `The cluster is gone: ${node} has neither certificates nor etcd's data any more, as after \`kubeadm reset\`.`,
    {
      hint: `${MEND} Reset the environment: the cluster is made anew.`,
      data: { node, component: 'kubeadm', remedy: 'reset' },
    },
  );

/** Of the container of kube-apiserver that was started last. Source of the prefix: CRI logging format, `TIME STREAM TAG LINE`. */
const lastLines = async (agent: Pick<Agent, 'run'>, pid: number): Promise<string[]> => {
  const newest = `find /proc/${pid}/root/var/log/pods -path '*/kube-system_kube-apiserver-*/kube-apiserver/*.log' -type f -printf '%T@ %p\\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-`;
  const { stdout } = await agent.run(`log=$(${newest}); [ -z "$log" ] || tail -n ${LINES} -- "$log"`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(/^\S+ std(?:out|err) [FP] /, '').slice(0, LENGTH));
};
