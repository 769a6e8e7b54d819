import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { appImages } from '../../docker/images/appImages.ts';
import { imageReference } from '../../docker/images/table.ts';
import type { Containers } from '../provider.ts';
import { createContainers, fillNodes, linkNodes, startContainers, type Workshop } from './assembly.ts';
import { nodeSpec } from './containers.ts';
import { clusterTopology, type TestClusters, testClusters } from './testClusters.ts';

// Node and gateway as they come out of their images: no Kubernetes runs yet.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 1_800_000 });

const plan = clusterTopology(1, 1);
let all: TestClusters;
let workshop: Workshop;
let containers: Containers;
let node: string;

beforeAll(async () => {
  all = await testClusters('node-image');
  const { docker, agent, owner } = all;
  const kind = { owner, nodeImage: imageReference('node'), gatewayImage: imageReference('gateway'), version: 'test' };
  workshop = { docker, agent, kind, traits: { rootless: false } };
  containers = await createContainers(workshop, plan, `test-${process.pid}`);
  node = containers.controlplane ?? '';
  await fillNodes(workshop, plan, containers, () => ({}));
  await linkNodes(agent, plan, await startContainers(docker, containers));
  await on('for i in $(seq 300); do [ -S /run/containerd/containerd.sock ] && exit; sleep 0.1; done; exit 1');
});
afterAll(() => all?.close());

const on = async (line: string, container = node) => {
  const { exit, stdout, stderr } = await all.docker.execToEnd(container, ['bash', '-c', line], { deadlineMs: 60_000 });
  if (exit !== 0) throw new Error(`"${line}" ended with ${exit}: ${stderr}${stdout}`);
  return stdout;
};

test('systemd starts containerd and sshd, and nothing has failed', async () => {
  expect(await on('systemctl is-active containerd ssh dbus')).toBe('active\nactive\nactive\n');
  expect(await on('systemctl --failed --no-legend')).toBe('');
});

test.each([
  ['kubectl version --client', /Client Version: v1\./],
  ['kubectl completion bash | grep -m 1 completion', /completion/],
  ['kubeadm version -o short', /^v1\./],
  ['kubelet --version', /^Kubernetes v1\./],
  ['etcdctl version', /^etcdctl version: 3\./],
  ['crictl version', /RuntimeName: +containerd/],
  ['hostnamectl', /Static hostname: controlplane/],
  ['netstat -nltp', /:22 .*sshd/],
  ['ss -Hltn', /:22/],
  ['type -P ip dig tcpdump vim nano jq curl dtach', /(\/.*\n){8}/],
  ['cat /etc/hosts', /controlplane/],
  ['ls /opt/cni/bin', /bridge\n(.*\n)*flannel\n(.*\n)*portmap\n/],
  ['systemctl cat kubelet', /EnvironmentFile=-\/var\/lib\/kubelet\/kubeadm-flags.env/],
  ['bash -ic "type k; echo $PROMPT_COMMAND" 2>/dev/null', /aliased to `kubectl'/],
])('%s', async (line, expected) => {
  expect(await on(line)).toMatch(expected);
});

test('Tab completes what kubectl knows, behind its short name too', async () => {
  const { stream, drop } = await all.docker.exec(node, { command: ['bash'], tty: { cols: 100, rows: 20 } });
  let seen = '';
  stream.on('data', (chunk) => {
    seen += chunk;
  });
  await expect.poll(() => seen, { timeout: 10_000 }).toContain('# ');
  stream.write('k describ\t');
  await expect.poll(() => seen, { timeout: 10_000 }).toContain('k describe');
  drop();
});

test('every image that kubeadm asks for is there, unpacked, without a network', async () => {
  const wanted = (await on('kubeadm config images list --kubernetes-version $(kubeadm version -o short)'))
    .trim()
    .split('\n');
  const there = JSON.parse(await on('crictl images -o json')) as { images: { repoTags: string[] }[] };
  const tags = there.images.flatMap((image) => image.repoTags);
  expect(tags).toEqual(expect.arrayContaining(wanted));
  expect(tags.filter((tag) => tag.includes('flannel'))).toHaveLength(2);
  const started = performance.now();
  await on(
    'ctr -n k8s.io run --rm registry.k8s.io/etcd:$(etcdctl version | sed -n "s/^etcdctl version: //p")-0 x etcdctl version',
  );
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('the mirror has every image of its table, and says at once what it has not', async () => {
  for (const { name, tags } of appImages()) await on(`crictl pull ${name}:${tags.at(-1)}`);
  const said = await on(
    'for name in nosuch quay.io/no/such:1 registry.k8s.io/no; do time crictl pull $name && exit 1; done 2>&1; true',
  );
  expect(said.match(/not found/g)?.length).toBeGreaterThanOrEqual(3);
  for (const [, seconds] of said.matchAll(/^real\s+0m([\d.]+)s$/gm)) expect(Number(seconds)).toBeLessThan(2);
});

test('a name that nobody has is answered at once, and an address outside is refused at once', async () => {
  const said = await on('time (dig +tries=1 +timeout=2 example.org; curl -m 2 http://192.0.2.1) 2>&1; true');
  expect(said).toContain('NXDOMAIN');
  expect(said).toContain('Failed to connect');
  expect(Number(/^real\s+0m([\d.]+)s$/m.exec(said)?.[1])).toBeLessThan(1.5);
});

test('a name given by hostnamectl outlives a stop, which takes seconds', async () => {
  await on('hostnamectl set-hostname renamed');
  const began = performance.now();
  await on('systemctl poweroff').catch(() => undefined);
  await expect.poll(async () => (await all.docker.inspect(node))?.state, { timeout: 20_000 }).toBe('stopped');
  expect(performance.now() - began).toBeLessThan(15_000);
  await all.docker.start(node);
  const processes = await Promise.all(
    Object.entries(containers).map(async ([name, container]) => ({
      name,
      container,
      pid: (await all.docker.inspect(container))?.pid ?? 0,
    })),
  );
  await linkNodes(all.agent, plan, processes);
  await expect.poll(() => on('hostnamectl --static'), { timeout: 20_000 }).toBe('renamed\n');
});

test('the image holds no key and no identity', async () => {
  const spec = nodeSpec(workshop.kind, workshop.traits, `${all.owner}-bare`, 'bare');
  const bare = await all.docker.create({ ...spec, command: ['sleep', '60'] });
  await all.docker.start(bare);
  expect(
    await on('find /etc/ssh /root/.ssh /etc/kubernetes /var/lib/kubelet /var/lib/etcd -type f 2>/dev/null; true', bare),
  ).not.toMatch(/ssh_host|id_|authorized|\.key|\.conf$|kubeconfig/);
  expect(await on('cat /etc/machine-id 2>/dev/null; true', bare)).toBe('');
});

test('a node that gets no interface says so and ends', async () => {
  const spec = nodeSpec(workshop.kind, workshop.traits, `${all.owner}-alone`, 'alone');
  const alone = await all.docker.create({ ...spec, env: [...(spec.env ?? []), 'PATCHBAY_LINK_PATIENCE=1'] });
  await all.docker.start(alone);
  await expect.poll(async () => (await all.docker.inspect(alone))?.state, { timeout: 20_000 }).toBe('stopped');
  expect(await all.docker.logs(alone, 5)).toContain('no interface eth0 after 1 s');
});
