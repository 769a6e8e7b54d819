import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { MOST_NODES, nodeNames } from '../../catalog/cluster/plan.ts';
import { label } from '../../docker/labels.ts';
import { GATEWAY } from './containers.ts';
import { type TestCluster, type TestClusters, testClusters } from './testClusters.ts';

// The first time ever each size is made by kubeadm.
vi.setConfig({ testTimeout: 500_000, hookTimeout: 400_000 });

/** Two nodes are what all other tests have. `PATCHBAY_CLUSTER_SIZES=4,5` for others. */
const sizes = (process.env.PATCHBAY_CLUSTER_SIZES ?? '1,3').split(',').map(Number);
const MIB = 1024 ** 2;
let all: TestClusters;

beforeAll(async () => {
  all = await testClusters('sizes');
});
afterAll(() => all?.close());

/** MiB of all nodes, file pages that nobody uses taken off as `docker stats` does; control groups v1 and v2. */
const memoryOf = async ({ environment }: TestCluster): Promise<number> => {
  const pids = environment.processes.filter(({ name }) => name !== GATEWAY).map(({ pid }) => pid);
  const { stdout } = await all.agent.run(
    [
      `for pid in ${pids.join(' ')}; do cd /proc/$pid/root/sys/fs/cgroup; [ ! -d memory ] || cd memory`,
      'used=$(cat memory.usage_in_bytes memory.current 2> /dev/null)',
      "idle=$(awk '/^(total_)?inactive_file / { idle = $2 } END { print idle }' memory.stat)",
      'echo $((used - idle)); done',
    ].join('\n'),
  );
  return Math.round(stdout.split('\n').reduce((sum, line) => sum + Number(line), 0) / MIB);
};

const podOn = (node: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `on-${node}`, labels: { app: 'each' } },
  spec: { nodeName: node, terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image: 'nginx' }] },
});

test.each(sizes)(
  '%i nodes: each is Ready, runs pods, and reaches those of all others; nothing is left of them',
  async (count) => {
    expect(count).toBeLessThanOrEqual(MOST_NODES);
    const names = nodeNames(count);
    const cluster = await all.start(`of-${count}`, 1, count);
    const { type, environment, containers, seconds } = cluster;
    const kubectl = (line: string) => type('controlplane', `kubectl ${line}`);
    try {
      expect((await kubectl('get nodes -o name')).split('\n').filter(Boolean)).toEqual(
        names.map((name) => `node/${name}`),
      );
      const pods = { apiVersion: 'v1', kind: 'List', items: names.map(podOn) };
      await kubectl(`apply -f - <<'END'\n${JSON.stringify(pods)}\nEND`);
      await kubectl('wait --for=condition=Ready pod -l app=each --timeout=80s');
      const addresses = (await kubectl('get pods -l app=each -o jsonpath={.items[*].status.podIP}')).split(' ');
      expect(new Set(addresses).size).toBe(count);
      for (const from of names)
        for (const address of addresses) {
          const line = `curl -s -m 5 -o /dev/null -w '%{http_code}' http://${address}/`;
          expect(await type(from, line), `${from} to ${address}`).toBe('200');
        }
      for (const name of names)
        expect(await type('controlplane', `ssh -o BatchMode=yes ${name} hostname`)).toBe(`${name}\n`);
      console.log(`${count} nodes: ${await memoryOf(cluster)} MiB, seconds ${JSON.stringify(seconds)}`);
    } finally {
      environment.close();
      await all.provider.destroy(Object.values(containers));
    }
    const owned = { [label.owner]: all.owner };
    expect(await all.docker.list({ ...owned, [label.role]: 'cluster' })).toEqual([]);
    expect(await all.docker.housekeeping.volumes(owned)).toEqual([]);
  },
);
