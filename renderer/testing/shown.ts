import { LabError } from '../../electron/contract/error.ts';
import type { LabCard } from '../../electron/contract/models/lab.ts';
import type { Step } from '../../electron/contract/models/progress.ts';
import type { EnvironmentView, RunSummary, RunView } from '../../electron/contract/models/run.ts';
import type { EngineStatus } from '../../electron/contract/models/status.ts';
import { aBrokenLab, aChoice, aLab, anAnswer, anInfo, aRun, aStatus, aSummary, aTask } from './samples.ts';

const done = [1, 0.8, 0.5].map((share, at) => ({
  run: `r${at}`,
  startedAt: `2026-11-${14 - at * 5}T09:00:00Z`,
  state: 'finished' as const,
  earned: Math.round(14 * share),
  max: 14,
}));

export const shownLabs: LabCard[] = [
  aLab({
    id: 'switching',
    title: 'Two hosts, one switch',
    summary: 'Addresses, a bridge and the first ping',
    topics: ['switching'],
    minutes: 15,
    attempts: done.slice(0, 1),
  }),
  aLab({ attempts: done.slice(1) }),
  aLab({
    id: 'namespaces',
    title: 'Network namespaces',
    summary: 'veth pairs, a bridge and NAT by hand',
    topics: ['network-namespaces'],
    availability: { state: 'preparing', reason: 'images are being made', secondsLeft: 170 },
  }),
  aLab({
    id: 'explore',
    title: 'Explore a cluster’s network',
    summary: 'Interfaces, ranges and ports of a cluster that kubeadm made',
    topics: ['cluster-networking'],
    environment: { kind: 'kubernetes', nodes: ['controlplane', 'node01'] },
    availability: { state: 'preparing', reason: 'Building Kubernetes', secondsLeft: 540 },
  }),
  aLab({
    id: 'policies',
    title: 'Network policies',
    summary: 'Allow one namespace, refuse the rest',
    topics: ['cluster-networking'],
    environment: { kind: 'kubernetes', nodes: ['controlplane', 'node01'] },
    availability: { state: 'unavailable', reason: 'kernel has no ipset', hint: null },
  }),
  aBrokenLab,
];

export const shownSummary: RunSummary = aSummary();

const step = (id: string, title: string, more: Partial<Step>): Step => ({
  id,
  title,
  state: 'done',
  from: null,
  seconds: null,
  usual: null,
  detail: null,
  error: null,
  ...more,
});

const error = new LabError('environment-failed', 'The links could not be made.', {
  hint: 'The kernel refused a link. See `docker logs patchbay-agent` for its words.',
  data: {
    node: 'router',
    component: 'agent',
    log: ['11:20:41.118 ip link add eth0 type veth', '11:20:41.119 RTNETLINK answers: Operation not supported'],
    command: 'docker exec router ip -br link',
  },
}).toView();

const steps: Step[] = [
  step('containers', 'Start four nodes', { from: 0, seconds: 0.6, usual: 0.6 }),
  step('links', 'Links and addresses', {
    state: 'running',
    from: 0.6,
    seconds: 0.5,
    usual: 1.2,
    detail: '3 of 4 links',
  }),
  step('answer', 'Every node answers', { state: 'waiting', usual: 0.4 }),
];

const clusterSteps: Step[] = [
  step('site', 'Docker and images', { from: 0, seconds: 0, usual: 0 }),
  step('images', 'Kubernetes images', { from: 0, seconds: 0.1, usual: 0.1 }),
  step('state', 'The cluster as kubeadm makes it', { from: 0.1, seconds: 0.1, usual: 0.1 }),
  step('nodes', '2 nodes and their gateway', { from: 0.2, seconds: 0.6, usual: 0.6 }),
  step('links', 'Network of the nodes', { from: 0.8, seconds: 0.1, usual: 0.1 }),
  step('api', 'API server', { from: 0.9, seconds: 1.6, usual: 1.6 }),
  step('ready', 'Nodes ready', {
    state: 'running',
    from: 2.5,
    seconds: 1.1,
    usual: 2.2,
    detail: 'waiting for node01',
  }),
  step('dns', 'Cluster DNS', { state: 'running', from: 2.5, seconds: 1.1, usual: 3.5 }),
];

const clusterError = new LabError('environment-failed', 'node01: 90 s were not enough until it is Ready.', {
  hint: 'Try again: images and the frozen cluster stay. What the nodes said: `less logs/cluster-explore-environment-k7f2q.log`',
  data: {
    node: 'node01',
    component: 'kubelet',
    log: [
      'E1128 10:41:07.112 reflector.go:205] "Failed to watch" err="Get https://10.153.20.11:6443/api/v1/services: dial tcp 10.153.20.11:6443: connect: no route to host"',
      'E1128 10:41:09.480 controller.go:145] "Failed to ensure lease exists, will retry" interval="7s"',
    ],
    command: 'less logs/cluster-explore-environment-k7f2q.log',
  },
}).toView();

const environments: Record<string, EnvironmentView> = {
  'cluster-starting': { state: 'starting', title: 'Starting a cluster of 2 nodes', steps: clusterSteps },
  'cluster-failed': {
    state: 'failed',
    error: clusterError,
    steps: clusterSteps.map((it) => (it.id === 'ready' ? { ...it, state: 'failed', seconds: 90, detail: null } : it)),
  },
  'cluster-lost': {
    state: 'degraded',
    error: new LabError(
      'environment-failed',
      "The cluster is gone: controlplane has neither certificates nor etcd's data any more, as after `kubeadm reset`.",
      {
        hint: 'This is not a wrong answer, and nothing was counted. Reset the environment: the cluster is made anew.',
        data: { node: 'controlplane', component: 'kubeadm', remedy: 'reset' },
      },
    ).toView(),
  },
  paused: { state: 'paused' },
  starting: { state: 'starting', title: 'Starting four nodes', steps },
  failed: {
    state: 'failed',
    error,
    steps: steps.map((it) => (it.id === 'links' ? { ...it, state: 'failed', seconds: 9.4 } : it)),
  },
  degraded: {
    state: 'degraded',
    error: new LabError('node-stopped', 'Node `b` stopped (exit code 137).', {
      hint: 'Start it again here, or look: `docker logs pb-b`',
    }).toView(),
  },
};

const missingImages = [
  {
    image: 'ngnix',
    pods: ['default/web'],
    available: ['busybox', 'nginx', 'redis', 'wbitt/network-multitool'].map((name) => ({ name, tags: ['latest'] })),
  },
];
const current: Record<string, string> = { answer: 'mac', choice: 'which', error: 'gateway', solution: 'reach' };
const hints = { shown: ['Compare the output of `ip route` on both hosts.'], total: 3 };
const at = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1000).toISOString();

export const shownRun = (state: string): RunView =>
  aRun({
    environment: environments[state] ?? { state: 'running' },
    missingImages: state === 'missing' ? missingImages : [],
    current: current[state] ?? 'reach',
    score: { earned: 2, max: 14 },
    questions: [
      anAnswer({
        given: '02:42:ac:14:00:03',
        state: 'fail',
        attempts: 1,
        lastAt: at(2),
        message: 'That is an address of the router; the question is about **a**.',
        hints,
      }),
      aChoice({ given: ['10.9.8.1'], state: 'pass', earned: 1, attempts: 1, lastAt: at(400) }),
      anInfo({ number: 3 }),
      { ...someTask(state), number: 4 },
      anAnswer({
        id: 'gateway',
        number: 5,
        title: 'Default gateway',
        state: 'error',
        message: 'Node `b` did not answer in 5 s. Start it again, then check.',
      }),
      anAnswer({ id: 'ttl', number: 6, title: 'Time to live', flagged: true }),
      anAnswer({ id: 'mtu', number: 7, title: 'Largest packet' }),
    ],
  });

const someTask = (state: string) =>
  aTask({
    state: 'fail',
    attempts: 2,
    lastAt: at(12),
    hints,
    checks: aTask().checks.map((it) =>
      it.id === 'ping'
        ? { ...it, state: 'fail', message: 'No answer. **b** has no route back to `192.168.4.0/24`.' }
        : { ...it, state: 'pass', holds: true },
    ),
    solution:
      state === 'solution'
        ? {
            steps: [
              { node: 'a', run: 'ip route add 10.9.8.0/24 via 192.168.4.1' },
              { node: 'b', run: 'ip route add 192.168.4.0/24 via 10.9.8.1' },
            ],
            explanation: 'Both hosts need a way *back*.',
          }
        : null,
  });

const buildSteps: Step[] = [
  step('etcd', 'etcd', { from: 0, seconds: 64, usual: 60 }),
  step('kubernetes', 'Kubernetes', {
    state: 'running',
    from: 64,
    seconds: 121,
    usual: 360,
    detail: 'k8s.io/kubernetes/pkg/kubelet',
  }),
  step('node', 'Image of a cluster’s nodes', { state: 'waiting', usual: 34 }),
];

export const shownStatus = (state: string): EngineStatus =>
  aStatus(
    state === 'catalog'
      ? { cluster: { state: 'preparing', steps: buildSteps } }
      : state === 'setup'
        ? {
            images: {
              state: 'preparing',
              steps: steps.map((it) => ({ ...it, seconds: it.seconds && it.seconds * 60 })),
            },
          }
        : {},
  );

const prompt = (node: string, command: string) => `\x1b[32mroot@${node}\x1b[0m:\x1b[34m~\x1b[0m# ${command}`;
export const shownScreens: Record<string, string> = {
  a: [
    prompt('a', 'ip -br addr'),
    'lo               \x1b[32mUNKNOWN\x1b[0m        \x1b[35m127.0.0.1\x1b[0m/8',
    'eth0@if12        \x1b[32mUP\x1b[0m             \x1b[35m192.168.4.10\x1b[0m/24 \x1b[38;2;140;120;100mtruecolor\x1b[0m',
    prompt('a', 'ping -c 1 10.9.8.10'),
    'ping: connect: Network is unreachable 🙂 é 日本',
    prompt('a', 'ip route add '),
  ].join('\r\n'),
  b: [prompt('b', 'ip route'), '\x1b[35m10.9.8.0\x1b[0m/24 dev \x1b[36meth0\x1b[0m', prompt('b', '')].join('\r\n'),
};
