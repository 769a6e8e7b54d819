import { expect, test } from 'vitest';
import type { InsideProcess, NodeInside } from '../../inside/inside.ts';
import { whySilent } from './whySilent.ts';

interface Found {
  readonly running?: readonly string[];
  readonly files?: readonly string[];
  readonly log?: string;
}
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const whole = [MANIFEST, '/etc/kubernetes/pki/ca.crt', '/var/lib/etcd/member'];
const log =
  '2026-11-28T10:00:00.1Z stderr F Error: unknown flag: --service-range\n2026-11-28T10:00:00.2Z stderr F second line\n';

const why = ({ running = ['kubelet'], files = whole, log = '' }: Found) => {
  const has = (path: string) => files.includes(path);
  const inside: NodeInside = {
    processes: async () => running.map((comm) => ({ comm }) as InsideProcess), // Nothing else is asked of them.
    file: async (path) => (has(path) ? new Uint8Array() : null),
    folder: async (path) => (has(path) ? [] : null),
    namespaces: async () => [],
  };
  const agent = { run: async () => ({ exit: 0, stdout: log, stderr: '' }) };
  return whySilent(agent, { name: 'controlplane', pid: 7, inside });
};

test.each<[string, Found, RegExp]>([
  [
    'a manifest that makes it end',
    { log },
    /keeps exiting\. Its last lines: Error: unknown flag: --service-range \| second line$/,
  ],
  [
    'a manifest that was taken away',
    { files: whole.slice(1), log },
    /there is no \/etc\/kubernetes\/manifests\/kube-apiserver\.yaml/,
  ],
  [
    'a manifest that was taken away while its container still ends',
    { files: whole.slice(1), running: ['kubelet', 'kube-apiserver'], log },
    /there is no \/etc\/kubernetes\/manifests/,
  ],
  ['a kubelet that was stopped', { running: ['etcd'], log }, /the kubelet does not run/],
  ['a manifest that cannot be read', {}, /starts no kube-apiserver .* `journalctl -u kubelet` says why/],
  [
    'one that hangs',
    { running: ['kubelet', 'kube-apiserver'], log },
    /runs and does not answer\. Its last lines: Error/,
  ],
])('%s is an error of the probe with its reason', async (_, found, reason) => {
  expect(await why(found)).toMatchObject({
    code: 'probe-failed',
    message: expect.stringMatching(reason),
    hint: expect.stringContaining('not a wrong answer'),
    data: { node: 'controlplane', component: 'kube-apiserver' },
  });
});

test('the last lines are there for the page too', async () => {
  expect((await why({ log }))?.data.log).toEqual(['Error: unknown flag: --service-range', 'second line']);
});

test('what kubeadm reset left can only be made anew', async () => {
  expect(await why({ running: [], files: [] })).toMatchObject({
    message: expect.stringContaining('kubeadm reset'),
    data: { node: 'controlplane', remedy: 'reset' },
  });
});

test('one that runs and has said nothing explains nothing', async () => {
  expect(await why({ running: ['kubelet', 'kube-apiserver'] })).toBeNull();
});
