import { describe, expect, test } from 'vitest';
import { NodeDouble } from './nodeDouble.ts';
import { assignmentsIn, commandLine, wordsIn } from './systemd/unitSyntax.ts';
import { unitProbe } from './unit.ts';

const files = {
  '/usr/lib/systemd/system/kubelet.service':
    '[Unit]\nDescription=kubelet\n[Service]\nExecStart=/usr/bin/kubelet\nRestart=always\n',
  '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': `# from the package
[Service]
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml" A=1
Environment=A=2
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_CONFIG_ARGS \\
  $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`,
  '/var/lib/kubelet/kubeadm-flags.env':
    'KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///run/containerd/containerd.sock --node-ip=10.0.0.8"\n',
};
const reading = (given: Record<string, string>, params: unknown) =>
  unitProbe.read(new NodeDouble({ files: given }), unitProbe.params.parse(params));
const read = (params: unknown) => reading(files, params);

test('its file, drop-ins and command', async () =>
  expect(await read({ name: 'kubelet' })).toEqual([
    {
      path: '/usr/lib/systemd/system/kubelet.service',
      'drop-ins': '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf',
      masked: false,
      command:
        '/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --container-runtime-endpoint=unix:///run/containerd/containerd.sock --node-ip=10.0.0.8',
      value: null,
      source: null,
      count: 1,
    },
  ]));
test('a key with its source; what was taken back does not hold', async () => {
  expect(await read({ name: 'kubelet.service', key: 'Service.Restart' })).toMatchObject([
    { value: 'always', source: '/usr/lib/systemd/system/kubelet.service' },
  ]);
  expect(await read({ name: 'kubelet', key: 'Service.ExecStart' })).toMatchObject([{ count: 1 }]);
});
test('a variable from the unit, from a file, and one that is not there', async () => {
  expect(await read({ name: 'kubelet', variable: 'A' })).toMatchObject([{ value: '2' }]);
  expect(await read({ name: 'kubelet', variable: 'KUBELET_KUBEADM_ARGS' })).toMatchObject([
    { source: '/var/lib/kubelet/kubeadm-flags.env' },
  ]);
  expect(await read({ name: 'kubelet', variable: 'B' })).toEqual([]);
});
test('a flag, whichever variable it came from', async () => {
  expect(await read({ name: 'kubelet', flag: '--node-ip' })).toMatchObject([{ value: '10.0.0.8' }]);
  expect(await read({ name: 'kubelet', flag: '--v' })).toEqual([]);
});
test("the learner's own file and drop-ins come before the package's", async () => {
  const own = {
    ...files,
    '/etc/systemd/system/kubelet.service': '[Service]\nExecStart=/opt/kubelet\n',
    '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf': '[Service]\nRestart=no\n',
    '/etc/systemd/system/service.d/05-all.conf': '[Service]\nRestart=on-failure\n',
  };
  expect(await reading(own, { name: 'kubelet' })).toMatchObject([
    {
      path: '/etc/systemd/system/kubelet.service',
      'drop-ins': '/etc/systemd/system/service.d/05-all.conf /etc/systemd/system/kubelet.service.d/10-kubeadm.conf',
      command: '/opt/kubelet',
    },
  ]);
  expect((await reading(own, { name: 'kubelet', key: 'Service.Restart' })).map(({ value }) => value)).toEqual([
    'on-failure',
    'no',
  ]);
});
test('one that is not there is no row', async () => expect(await read({ name: 'docker' })).toEqual([]));

describe('syntax', () => {
  test('comments between continued lines, sections, stray lines', () =>
    expect(assignmentsIn('[A]\nk=1 \\\n# no\n  2\n;x=y\nnonsense\n[B]\nk=')).toEqual([
      { section: 'A', key: 'k', value: '1 2' },
      { section: 'B', key: 'k', value: '' },
    ]));
  test('words hold together in quotes', () =>
    expect(wordsIn(`"A=b c" D='e f' g"h i"j`)).toEqual(['A=b c', 'D=e f', 'gh ij']));
  test('variables alone are split, in braces not', () =>
    // biome-ignore lint/suspicious/noTemplateCurlyInString: systemd's own form
    expect(commandLine('-/bin/x $A ${A} --y=${B}', new Map([['A', '1 2']]))).toEqual([
      '/bin/x',
      '1',
      '2',
      '1 2',
      '--y=',
    ]));
});
