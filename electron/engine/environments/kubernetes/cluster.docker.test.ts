import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { label } from '../../docker/labels.ts';
import { ClusterApi } from './kubeApi/clusterApi.ts';
import { credentialsIn } from './kubeApi/credentials.ts';
import { clusterTopology, type TestCluster, type TestClusters, testClusters } from './testClusters.ts';

// One cluster for most of it; the first time ever it is made by kubeadm.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 400_000 });

const soon = { deadlineMs: 10_000 };
const CONTROL = 'controlplane';
/** Another seed with the variant of the tests' own. */
const SEED_OF_SAME_VARIANT = [...Array(100).keys()].find(
  (seed) => seed > 1 && clusterTopology(seed).variant.name === clusterTopology(1).variant.name,
) as number;
let all: TestClusters;
let cluster: TestCluster;

/** Settings of the whole machine that a kubelet likes to change. */
const kernelSettings = async () =>
  (
    await all.agent.run(
      'cd /proc/sys; head vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes',
    )
  ).stdout;
let settingsBefore: string;

beforeAll(async () => {
  all = await testClusters('cluster');
  settingsBefore = await kernelSettings();
  cluster = await all.start('first');
  console.log(`seconds: ${JSON.stringify(cluster.seconds)}`);
});
afterAll(async () => {
  cluster?.environment.close();
  await all?.close();
});

const on = (node: string, line: string) => cluster.type(node, line);
const kubectl = (line: string) => on(CONTROL, `kubectl ${line}`);
const apply = (...objects: unknown[]) =>
  kubectl(`apply -f - <<'END'\n${objects.map((each) => stringify(each)).join('---\n')}END`);
const addressOf = (name: string) =>
  cluster.environment.topology.nodes.find((node) => node.name === name)?.address ?? '';
const podAddress = (name: string) => kubectl(`get pod ${name} -o jsonpath={.status.podIP}`);

const pod = (name: string, node: string, image: string, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { nodeName: node, terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image }] },
});
const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ...spec },
});

describe('a cluster', () => {
  test('has the names, addresses, MACs and ranges of its plan', async () => {
    const { nodes, variant, dnsAddress } = cluster.environment.topology;
    for (const { name, address, mac } of nodes) {
      const [eth0] = JSON.parse(
        (await cluster.environment.node(name).net(['ip', '-j', 'addr', 'show', 'eth0'])).stdout,
      );
      expect(eth0).toMatchObject({ address: mac, operstate: 'UP' });
      const prefixlen = Number(variant.nodes.split('/')[1]);
      expect(eth0.addr_info.filter(({ family }: { family: string }) => family === 'inet')).toEqual([
        expect.objectContaining({ local: address, prefixlen }),
      ]);
    }
    expect(await kubectl('get nodes -o name')).toBe('node/controlplane\nnode/node01\n');
    expect(await kubectl('-n kube-system get service kube-dns -o jsonpath={.spec.clusterIP}')).toBe(dnsAddress);
    expect(await kubectl('get nodes node01 -o jsonpath={.spec.podCIDR}')).toMatch(/\/24$/);
    expect(await on('node01', 'grep -h FLANNEL_NETWORK /run/flannel/subnet.env')).toContain(variant.pods);
  });

  test('is what a CKA candidate expects to find', async () => {
    const sockets = await on(CONTROL, 'netstat -nltp');
    for (const [port, program] of [
      ['127.0.0.1:10259', 'kube-scheduler'],
      ['127.0.0.1:10257', 'kube-controller'],
      [`127.0.0.1:2381`, 'etcd'],
      [`${addressOf(CONTROL)}:2379`, 'etcd'],
      [`${addressOf(CONTROL)}:2380`, 'etcd'],
      [':::6443', 'kube-apiserver'],
    ] as const)
      expect(sockets).toMatch(new RegExp(`${port.replaceAll('.', '\\.')} .*${program}`));
    expect(await on(CONTROL, 'ls /opt/cni/bin')).toMatch(/bridge[\s\S]*flannel[\s\S]*host-local/);
    expect(await on(CONTROL, 'ls /etc/cni/net.d')).toBe('10-flannel.conflist\n');
    expect(await on(CONTROL, 'systemctl cat kubelet')).toContain('KUBELET_KUBEADM_ARGS');
    expect(await on('node01', 'ip -d link show flannel.1')).toContain('vxlan');
    expect(await on(CONTROL, 'hostnamectl --static')).toBe('controlplane\n');
    expect(await on(CONTROL, 'ssh -o BatchMode=yes node01 hostname')).toBe('node01\n');
    expect(await on(CONTROL, 'crictl ps -q | wc -l')).not.toBe('0\n');
  });

  test('leaves the kernel of the machine as it is', async () => {
    expect(await kernelSettings()).toBe(settingsBefore);
    // Where it has what the kubelet wants by chance, that alone would show nothing.
    expect(await on('node01', 'grep -c " /proc/sys/[vk]" /proc/mounts')).toBe('6\n');
  });
});

describe('its API', () => {
  test('is read without the node’s own tools', async () => {
    const { kube } = cluster.environment;
    expect(await kube.get('/api/v1/namespaces/kube-system', soon)).toMatchObject({ kind: 'Namespace' });
    expect(await kube.get('/api/v1/namespaces/nobody', soon)).toBeNull();
    const name = (
      await kubectl('-n kube-system get pods -l k8s-app=kube-proxy -o jsonpath={.items[0].metadata.name}')
    ).trim();
    expect(await kube.text(`/api/v1/namespaces/kube-system/pods/${name}/log`, soon)).toContain(
      'Using iptables Proxier',
    );
  });

  test('is published on loopback', async () => {
    const text = await cluster.environment.kubeconfig();
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(text)?.[1]);
    const api = new ClusterApi(async () => connect(port, '127.0.0.1'), credentialsIn(text));
    expect(await api.get('/version', soon)).toMatchObject({ major: '1' });
    api.close();
  });

  test('wakes whoever listens when an object changes', async () => {
    const heard: string[] = [];
    const unsubscribe = cluster.environment.onChange(({ source }) => heard.push(source));
    await expect.poll(() => heard.includes('cluster'), { timeout: 10_000 }).toBe(true);
    heard.length = 0;
    await kubectl('create configmap woken --from-literal=a=b');
    await expect.poll(() => heard.includes('cluster'), { timeout: 5000 }).toBe(true);
    unsubscribe();
  });
});

describe('pods', () => {
  beforeAll(async () => {
    await apply(
      pod('web0', CONTROL, 'nginx', { app: 'web' }),
      pod('web1', 'node01', 'nginx', { app: 'web' }),
      pod('tool', CONTROL, 'wbitt/network-multitool'),
      service('web', { ports: [{ port: 80 }] }),
      service('web-node', { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }),
    );
    await kubectl('wait --for=condition=Ready pod/web0 pod/web1 pod/tool --timeout=80s');
  });
  const fromTool = (line: string) => kubectl(`exec tool -- ${line}`);
  const requests = async (name: string, from: string) =>
    (await kubectl(`logs ${name}`)).split('\n').filter((line) => line.startsWith(`${from} `)).length;

  test('reach each other across nodes, and the receiver sees the sender’s own address', async () => {
    const tool = await podAddress('tool');
    const before = await requests('web1', tool);
    await fromTool(`curl -s -m 5 -o /dev/null http://${await podAddress('web1')}/`);
    expect(await requests('web1', tool)).toBe(before + 1);
  });

  test('reach a service by its name, and both of its endpoints answer', async () => {
    const tool = await podAddress('tool');
    const before = [await requests('web0', tool), await requests('web1', tool)];
    await fromTool(
      'sh -c "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do curl -s -m 5 -o /dev/null http://web.default.svc.cluster.local/; done"',
    );
    const after = [await requests('web0', tool), await requests('web1', tool)];
    expect(after[0]).toBeGreaterThan(before[0] ?? 0);
    expect(after[1]).toBeGreaterThan(before[1] ?? 0);
    expect((after[0] ?? 0) + (after[1] ?? 0) - (before[0] ?? 0) - (before[1] ?? 0)).toBe(16);
    expect(await fromTool('nslookup web')).toContain('web.default.svc.cluster.local');
  });

  test('answer at a node port on every node', async () => {
    for (const [from, to] of [
      [CONTROL, 'node01'],
      ['node01', CONTROL],
      [CONTROL, CONTROL],
    ] as const) {
      const line = `curl -s -m 5 -o /dev/null -w '%{http_code}' http://${addressOf(to)}:30080/`;
      expect(await on(from, line), `${from} to ${to}`).toBe('200');
    }
  });

  test('can be entered, read, copied to and from, and forwarded to', async () => {
    expect(await kubectl('exec web1 -- cat /etc/hostname')).toBe('web1\n');
    // Of the mirror's images busybox has the `tar` that this takes.
    await kubectl('run copier --image=busybox:1.28 -- sleep 3600');
    await kubectl('wait --for=condition=Ready pod/copier --timeout=60s');
    await on(
      CONTROL,
      'echo copied > /tmp/there; kubectl cp /tmp/there copier:/tmp/there && kubectl cp copier:/tmp/there /tmp/back',
    );
    expect(await on(CONTROL, 'cat /tmp/back')).toBe('copied\n');
    const forwarded = await on(
      CONTROL,
      'kubectl port-forward pod/web1 8099:80 > /tmp/forward 2>&1 & trap "kill $!" EXIT; ' +
        "for try in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5; curl -s -m 2 -o /dev/null -w '%{http_code}' http://127.0.0.1:8099/ && break; done",
    );
    expect(forwarded).toMatch(/200$/);
  });

  test('start from images of the mirror, and one that is not there fails at once', async () => {
    await kubectl('run nginx --image=nginx');
    await kubectl('run box --image=busybox:1.28 -- sleep 3600');
    await kubectl('run missing --image=example.org/nobody/has-this:1');
    await kubectl('wait --for=condition=Ready pod/nginx pod/box --timeout=60s');
    expect(await kubectl('exec box -- nslookup kubernetes')).toContain('kubernetes.default.svc.cluster.local');
    const reason = 'get pod missing -o jsonpath={.status.containerStatuses[0].state.waiting.reason}';
    await expect.poll(() => kubectl(reason), { timeout: 15_000 }).toMatch(/ErrImagePull|ImagePullBackOff/);
  });
});

describe('its life', () => {
  const readySince = () =>
    kubectl(
      `get nodes -o jsonpath='{range .items[*]}{.status.conditions[?(@.type=="Ready")].lastTransitionTime} {end}'`,
    );

  test('it stands still and goes on, and no node is called unready', async () => {
    const before = await readySince();
    await all.provider.pausing.pause(cluster.environment);
    expect((await all.docker.inspect(cluster.containers.node01 ?? ''))?.state).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const began = performance.now();
    await all.provider.pausing.unpause(cluster.environment);
    expect(await cluster.environment.kube.get('/readyz?verbose=0', soon).catch(() => 'ok')).toBeDefined();
    await cluster.environment.kube.get('/api/v1/nodes', soon);
    console.log(`unpaused and answering in ${Math.round(performance.now() - began)} ms`);
    await expect
      .poll(() => on(CONTROL, "grep -c '^State:.T' /proc/$(pgrep -x kube-controller)/status || true"), {
        timeout: 30_000,
      })
      .toBe('0\n');
    expect(await readySince()).toBe(before);
  });

  test('it comes back with the same addresses after its containers were stopped', async () => {
    const address = await podAddress('tool');
    await Promise.all(Object.values(cluster.containers).map((id) => all.docker.shutDown(id, 5)));
    for (const [name, id] of Object.entries(cluster.containers))
      await cluster.environment.onContainer({ kind: 'die', id, name, labels: {} });
    expect([...cluster.environment.stopped].sort()).toEqual(['controlplane', 'gateway', 'node01']);
    const began = performance.now();
    await all.provider.mend(cluster.environment);
    console.log(`mended in ${Math.round(performance.now() - began)} ms`);
    expect(cluster.environment.stopped).toEqual([]);
    expect(await on('node01', 'ip -4 -o addr show eth0')).toContain(`${addressOf('node01')}/`);
    await kubectl('wait --for=condition=Ready pod/web1 --timeout=80s');
    expect(address).not.toBe('');
  });

  test('another engine takes it up', async () => {
    const { run, topology } = cluster.environment;
    const again = await all.provider.resume(run, topology, cluster.containers);
    expect(await again.kube.get('/api/v1/namespaces/default', soon)).toMatchObject({ kind: 'Namespace' });
    expect(again.stopped).toEqual([]);
    again.close();
  });

  test('a second one of the same variant stands beside it, and nothing of it is left', async () => {
    const second = await all.start('second');
    console.log(`seconds: ${JSON.stringify(second.seconds)}`);
    expect(await second.type(CONTROL, 'kubectl get configmap -o name')).not.toContain('woken');
    expect(await kubectl('get configmap -o name')).toContain('woken');
    second.environment.close();
    await all.provider.destroy(Object.values(second.containers));
    const kept = await all.docker.list({ [label.owner]: all.owner, [label.role]: 'cluster' });
    expect(kept).toHaveLength(3);
    expect(await all.docker.housekeeping.volumes({ [label.owner]: all.owner })).toHaveLength(2);
  });

  test('one that stands by is a run’s at once, with the cards of that run', async () => {
    await all.provider.standBy(clusterTopology(SEED_OF_SAME_VARIANT), new AbortController().signal);
    expect(all.provider.standingBy(2)).toBe(cluster.environment.topology.variant.name);
    const began = performance.now();
    const third = await all.start('third');
    console.log(`from standby in ${Math.round(performance.now() - began)} ms`);
    expect(all.provider.standingBy(2)).toBeNull();
    expect(await third.type('node01', 'cat /sys/class/net/eth0/address')).toBe(
      `${third.environment.topology.nodes[1]?.mac}\n`,
    );
    expect(await third.type(CONTROL, 'ssh node01 hostname')).toBe('node01\n');
    third.environment.close();
    await all.provider.destroy(Object.values(third.containers));
  });

  test('a node that is killed while it starts is told at once', async () => {
    const failing = all.start('failing');
    const killed = expect(failing).rejects.toMatchObject({
      code: 'environment-failed',
      data: { node: 'node01', command: expect.stringContaining('less ') },
    });
    const victim = `patchbay-${all.owner}-failing-node01`;
    await expect.poll(async () => (await all.docker.inspect(victim))?.pid ?? 0, { timeout: 30_000 }).toBeGreaterThan(0);
    await all.docker.shutDown(victim, 0);
    await killed;
    expect(await all.docker.list({ [label.owner]: all.owner, [label.role]: 'cluster' })).toHaveLength(3);
  });
});
