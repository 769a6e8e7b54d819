import { expect, test } from 'vitest';
import { KubeDouble } from './kubernetes/kubeDouble.ts';
import { NodeDouble } from './nodeDouble.ts';
import { podLogProbe } from './podLog.ts';

const pod = (name: string, container: object = { containerID: 'containerd://1' }) => ({
  metadata: { name, namespace: 'kube-system', uid: name },
  spec: { nodeName: 'node01', containers: [{ name: 'kube-proxy' }, { name: 'other' }] },
  status: { containerStatuses: [{ name: 'kube-proxy', ...container }] },
});
const log = 'I1123 1 server.go:1] "Hello"\nI1123 1 server_linux.go:132] "Using iptables Proxier"\n';
const reading = async (items: unknown[], params: object) => {
  const kube = new KubeDouble((path) => (path.includes('/log') ? log : { items }));
  const rows = await podLogProbe.read(
    new NodeDouble({ kube }),
    podLogProbe.params.parse({ namespace: 'kube-system', ...params }),
  );
  return { rows, asked: kube.asked.slice(1) };
};

test('what the first group holds, with its line and pod', async () => {
  const { rows, asked } = await reading([pod('a')], { pattern: 'Using (\\w+) Proxier' });
  expect(rows).toEqual([{ value: 'iptables', line: log.split('\n')[1], pod: 'a', node: 'node01', count: 1 }]);
  expect(asked).toEqual(['/api/v1/namespaces/kube-system/pods/a/log?container=kube-proxy&limitBytes=262144']);
});
test('without a group all that fits, of every pod', async () =>
  expect((await reading([pod('a'), pod('b')], { pattern: 'He..o' })).rows).toMatchObject([
    { value: 'Hello', pod: 'a', count: 2 },
    { pod: 'b' },
  ]));
test('a container that has never run, or is not there, has no lines', async () => {
  expect(await reading([pod('a', {})], { pattern: '.' })).toEqual({ rows: [], asked: [] });
  expect(await reading([pod('a')], { pattern: '.', container: 'nobody' })).toEqual({ rows: [], asked: [] });
});
test('what is no regular expression is refused', () =>
  expect(podLogProbe.params.safeParse({ pattern: '(' }).success).toBe(false));
