import { describe, expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { EngineDouble } from './docker/engineDouble.ts';
import { KubeDouble } from './kubernetes/kubeDouble.ts';
import { NodeDouble, type NodeScript } from './nodeDouble.ts';
import type { Probe } from './probe.ts';
import { probeNamed, probes } from './table.ts';

const sample: Record<keyof typeof probes, unknown> = {
  interface: {},
  address: {},
  neighbour: {},
  route: {},
  bridge: { table: true },
  netns: {},
  nat: {},
  ping: { to: '10.0.0.1' },
  http: { to: '10.0.0.1' },
  hostname: {},
  sysctl: { name: 'net.ipv4.ip_forward' },
  file: { path: '/etc/hosts' },
  process: { name: 'kubelet' },
  socket: { process: 'etcd' },
  unit: { name: 'kubelet' },
  dns: { ask: 'kubernetes.default.svc.cluster.local', server: '10.96.0.10' },
  capture: { from: '10.0.0.1', 'to-pod': 'web' },
  cni: {},
  docker: {},
  podnet: { selector: 'app=web' },
  kube: { kind: 'Pod' },
  'pod-log': { pattern: 'Using (\\w+) Proxier' },
  exec: { command: 'true' },
};
const all = (Object.entries(probes) as [keyof typeof probes, Probe][]).map(
  ([name, probe]) => ({ name, probe, params: probe.params.parse(sample[name]) }) as const,
);
/** Those that read what a tool of ours prints. */
const otherwise = ['netns', 'capture', 'file', 'exec', 'process', 'unit', 'cni', 'docker', 'podnet', 'kube', 'pod-log'];
const printed = all.filter(({ name }) => !otherwise.includes(name));
/** Those that ask the cluster's API. */
const ofCluster = all.filter(({ name }) => ['podnet', 'kube', 'pod-log'].includes(name));

test('a name finds its probe, and an inherited one does not', () => {
  expect(probeNamed('route')).toBe(probes.route);
  expect(probeNamed('toString')).toBeNull();
  expect(probeNamed('rout')).toBeNull();
});

describe.each(all)('$name', ({ name, probe, params }) => {
  test('stands under its own name and has the field that is meant without one', () => {
    expect(probe.name).toBe(name);
    expect(Object.keys(probe.fields)).toContain(probe.main);
  });

  test('refuses a parameter that it does not know', () =>
    expect(probe.params.safeParse({ ...(sample[name] as object), nmae: 'x' }).success).toBe(false));

  test.each(['node-stopped', 'agent-failed', 'probe-timeout'] as const)('%s passes through as it is', async (code) => {
    const fault = new LabError(code, 'so it is');
    const files = {
      '/etc/hosts': fault,
      '/etc/systemd/system/kubelet.service': fault,
      '/etc/cni/net.d/10-a.conf': fault,
    };
    const kube = new KubeDouble(() => fault);
    const engine = new EngineDouble(() => fault);
    const faults = {
      tools: () => fault,
      files,
      exec: fault,
      processes: fault,
      packets: fault,
      netns: fault,
      kube,
      engine,
    };
    const node = new NodeDouble(faults);
    await expect(probe.read(node, params)).rejects.toBe(fault);
  });
});

/** Those that look into a named network namespace too. */
const netns = 'red';
const intoNetns = all.flatMap(({ name, probe }) => {
  const params = probe.params.safeParse({ ...(sample[name] as object), netns });
  return params.success ? [{ name, probe, params: params.data }] : [];
});

test('what is read in the network of a node is read in its namespaces too', () => {
  const without: readonly string[] = ['dns', 'hostname'];
  expect(intoNetns.map(({ name }) => name)).toEqual(
    printed.map(({ name }) => name).filter((name) => !without.includes(name)),
  );
});

describe.each(intoNetns)('$name in a namespace', ({ name, probe, params }) => {
  const ofNode = probe.params.parse(sample[name]);
  const read = (inside: NonNullable<NodeScript['tools']>, where = netns) =>
    probe.read(
      new NodeDouble({ tools: () => new Error('this is the node itself'), netns: { [where]: inside } }),
      params,
    );

  test('that is not there is no row', async () => expect(await read(() => '', 'blue')).toEqual([]));
  test('that cannot be looked for is a fault', async () => {
    const fault = new LabError('agent-failed', 'so it is');
    await expect(probe.read(new NodeDouble({ netns: fault }), params)).rejects.toBe(fault);
  });
  test.each(['node-stopped', 'agent-failed', 'probe-timeout'] as const)('%s passes through as it is', async (code) => {
    const fault = new LabError(code, 'so it is');
    await expect(read(() => fault)).rejects.toBe(fault);
  });
  test.each([
    ['nothing', { stdout: '' }],
    ['an exit code', { exit: 4, stderr: 'something broke' }],
    ['a signal', { exit: 137 }],
  ])('%s is a fault of ours', async (_, answer) =>
    expect(read(() => answer)).rejects.toMatchObject({ code: 'probe-failed' }),
  );
  test('may take as long as to find it and to read it', () =>
    expect(probe.limit?.(params)).toBeGreaterThan((probe.limit?.(ofNode) ?? 0) + 3000));
  test('nobody tells of changes', () =>
    expect(typeof probe.events === 'function' ? probe.events(params) : probe.events).toBeNull());
});

describe.each(printed)('$name', ({ name, probe, params }) => {
  test.each([
    ['nothing', { stdout: '' }],
    ['words', { stdout: 'all is well\nreally' }],
    ['torn JSON', { stdout: '[{"ifname":"eth0"' }],
    ['JSON of another shape', { stdout: '[{"what":"is this"}]' }],
    ['an object', { stdout: '{}' }],
    ['null', { stdout: 'null' }],
    ['an exit code', { exit: 1, stderr: 'something broke' }],
    ['an exit code with good output', { exit: 3, stdout: '[]' }],
    ['a signal', { exit: 137 }],
  ])('%s is a fault of ours, with node, command and what to do', async (what, answer) => {
    // Any single word is a host name, and any text a setting.
    if (name === 'hostname' && ['an object', 'null', 'torn JSON'].includes(what)) return;
    if (name === 'sysctl' && 'stdout' in answer && answer.stdout !== '' && !('exit' in answer)) return;
    await expect(probe.read(new NodeDouble({ name: 'b', tools: () => answer }), params)).rejects.toMatchObject({
      code: 'probe-failed',
      message: expect.stringMatching(/\bb\b.*`.+`/),
      hint: expect.stringContaining('not your mistake'),
    });
  });

  test('runs nothing that is inside the node', async () => {
    const node = new NodeDouble({ tools: () => '[]' });
    await probe.read(node, params).catch(() => undefined);
    expect(node.executed).toEqual([]);
    expect(node.asked.length).toBeGreaterThan(0);
  });
});

describe.each(ofCluster)('$name', ({ probe, params }) => {
  test.each([
    ['words', 'Internal Server Error'],
    ['a status', { kind: 'Status', status: 'Failure' }],
    ['objects without metadata', { items: [{ spec: {} }] }],
  ])('%s in place of objects is a fault of ours', async (_, answer) =>
    expect(probe.read(new NodeDouble({ kube: new KubeDouble(() => answer) }), params)).rejects.toMatchObject({
      code: 'probe-failed',
      hint: expect.stringContaining('not your mistake'),
    }),
  );

  test('where there is no cluster the lab is wrong, not the learner', async () =>
    expect(probe.read(new NodeDouble({}), params)).rejects.toMatchObject({ code: 'lab-invalid' }));
  test('none of them is no row', async () =>
    expect(await probe.read(new NodeDouble({ kube: new KubeDouble(() => ({ items: [] })) }), params)).toEqual([]));
});
