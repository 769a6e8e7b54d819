import { createHash, randomInt, X509Certificate } from 'node:crypto';
import { LabError } from '../../../../contract/error.ts';
import type { ClusterPlan } from '../../../catalog/cluster/plan.ts';
import type { Containers } from '../../provider.ts';
import { containerOf, createContainers, fillNodes, linkNodes, startContainers, type Workshop } from '../assembly.ts';
import { initConfiguration, joinConfiguration, PATCHES, type Recipe, staticPodPatches } from './configuration.ts';
import { flannelManifest } from './flannel.ts';
import { type NodeShell, nodeShell } from './nodeShell.ts';
import { exchangeKeys } from './sshKeys.ts';

/** Milliseconds. Several times what a laptop with two cores takes. */
const LIMITS = { boot: 30_000, init: 240_000, join: 180_000, apply: 30_000, settle: 180_000 };

export const INIT_FILE = '/etc/patchbay/kubeadm-init.yaml';
export const JOIN_FILE = '/etc/patchbay/kubeadm-join.yaml';

export interface MadeCluster {
  readonly containers: Containers;
  readonly shells: ReadonlyMap<string, NodeShell>;
}

export interface Making {
  /** Told as soon as they are made, so that they can be removed whatever happens. */
  onContainers(containers: Containers): void;
  /** What it is at just now. */
  detail(text: string): void;
  readonly signal: AbortSignal;
  /** As kubeadm makes one for itself, with none of what makes later starts quick; done when the last node has joined. For comparison. */
  readonly plain: boolean;
}

/** A running cluster, made by kubeadm from nothing: init, flannel, join, until every pod is ready. */
export const makeCluster = async (workshop: Workshop, plan: ClusterPlan, making: Making): Promise<MadeCluster> => {
  const at = (text: string) => {
    if (making.signal.aborted) throw new LabError('environment-failed', 'The making of the cluster was interrupted.');
    making.detail(text);
  };
  at('starting the nodes');
  const containers = await createContainers(workshop, plan, 'making');
  making.onContainers(containers);
  await fillNodes(workshop, plan, containers, () => ({ files: making.plain ? [] : patchFiles() }));
  await linkNodes(workshop.agent, plan, await startContainers(workshop.docker, containers));
  const shells = new Map(
    plan.nodes.map(({ name }) => [name, nodeShell(workshop.docker, name, containerOf(containers, name))]),
  );
  await Promise.all([...shells.values()].map((shell) => shell.run('containerd', awaitContainerd, LIMITS.boot)));

  const [controlPlane, ...workers] = plan.nodes;
  const first = shells.get(controlPlane?.name ?? '');
  if (!first) throw new Error('A plan has one node at least.');
  const recipe = await recipeOf(first, making.plain);
  const put = (shell: NodeShell, file: string, content: string) =>
    shell.run(`writing ${file}`, `cat > ${file}`, LIMITS.apply, content);

  at('kubeadm init on controlplane');
  await put(first, INIT_FILE, initConfiguration(plan, recipe));
  await first.run('kubeadm init', `kubeadm init --config ${INIT_FILE} --skip-token-print`, LIMITS.init);
  await first.run(
    'kubectl',
    'mkdir -p -m 700 /root/.kube; cp /etc/kubernetes/admin.conf /root/.kube/config',
    LIMITS.apply,
  );

  at('flannel');
  const manifest = flannelManifest(plan.variant.pods, await flannelImages(first));
  await first.run('kubectl apply (flannel)', 'kubectl apply -f -', LIMITS.apply, manifest);

  if (workers.length > 0) at(`kubeadm join on ${workers.map(({ name }) => name).join(', ')}`);
  const join = joinConfiguration(plan, recipe, await authorityHash(first));
  await Promise.all(
    workers.map(async ({ name }) => {
      const shell = shells.get(name) as NodeShell;
      await put(shell, JOIN_FILE, join);
      await shell.run('kubeadm join', `kubeadm join --config ${JOIN_FILE}`, LIMITS.join);
    }),
  );
  if (making.plain) return { containers, shells };
  await exchangeKeys(plan, shells);

  at('waiting until every pod is ready');
  await first.run('waiting for all pods', awaitPods, LIMITS.settle);
  return { containers, shells };
};

const patchFiles = () =>
  Object.entries(staticPodPatches()).map(([name, content]) => ({ path: `${PATCHES}/${name}`.slice(1), content }));

const awaitContainerd =
  'for try in {1..250}; do [ -S /run/containerd/containerd.sock ] && ctr version > /dev/null 2>&1 && exit 0; sleep 0.1; done; ' +
  'systemctl status containerd --no-pager; exit 1';

/** What is not there yet (pods of a deployment that nobody has looked at) is not waited for by `kubectl wait` alone. */
const awaitPods = [
  'kubectl wait --for=condition=Ready nodes --all --timeout=90s',
  'kubectl -n kube-flannel rollout status daemonset/kube-flannel-ds --timeout=90s',
  'kubectl -n kube-system rollout status daemonset/kube-proxy --timeout=90s',
  'kubectl -n kube-system rollout status deployment/coredns --timeout=90s',
  'kubectl wait --for=condition=Ready pods --all --all-namespaces --timeout=90s',
].join('\n');

const recipeOf = async (shell: NodeShell, plain: boolean): Promise<Recipe> => {
  const version = await shell.run('kubeadm version', 'kubeadm version -o short', LIMITS.apply);
  return { version: version.trim(), token: `${letters(6)}.${letters(16)}`, plain };
};

/** Those that the image of the nodes holds, with their upstream names. */
const flannelImages = async (shell: NodeShell) => {
  const names = (await shell.run('looking for images', 'ctr -n k8s.io images ls -q', LIMITS.apply)).split('\n');
  const found = (part: string) => {
    const name = names.find((each) => each.includes(part) && !each.includes('@'));
    if (name === undefined) throw new LabError('environment-failed', `The image of the nodes holds no ${part}.`);
    return name;
  };
  return { daemon: found('flannel-io/flannel:'), plugin: found('flannel-io/flannel-cni-plugin:') };
};

/** Source: kubeadm's documentation, token-based discovery: SHA-256 over the authority's SubjectPublicKeyInfo. */
const authorityHash = async (shell: NodeShell): Promise<string> => {
  const certificate = await shell.run(
    "reading the cluster's authority",
    'cat /etc/kubernetes/pki/ca.crt',
    LIMITS.apply,
  );
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
};

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const letters = (count: number): string =>
  Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
