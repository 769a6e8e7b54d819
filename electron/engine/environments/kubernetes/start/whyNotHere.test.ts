import { expect, test } from 'vitest';
import type { Agent } from '../../../agent/agent.ts';
import type { DockerInfo } from '../../../docker/model.ts';
import { whyNotHere } from './whyNotHere.ts';

const info = { rootless: false, cgroupVersion: 1, missingControllers: [] } as unknown as DockerInfo; // Nothing else of it is read.
const roomy = 'MemTotal: 8000000\nMemAvailable: 4000000\nDisk: 50000000\n';

const machine = ({ missing = '', room = roomy, engine = {} }) => ({
  docker: { info: async () => ({ ...info, ...engine }) },
  agent: {
    run: async (script: string) => ({ exit: 0, stdout: script.includes('meminfo') ? room : missing, stderr: '' }),
  } as unknown as Agent, // Nothing else is asked of it.
});

test('a machine that has everything carries it', async () => {
  expect(await whyNotHere(machine({}), 2)).toBeNull();
});

test.each([
  [
    'a kernel without them',
    { missing: 'vxlan\nbr_netfilter\n' },
    'environment-failed',
    'no vxlan, br_netfilter',
    'modprobe',
  ],
  [
    'too little memory',
    { room: roomy.replace('4000000', '500000') },
    'limit',
    'needs 950 MiB of memory, and 488 MiB are free',
    'End another run',
  ],
  ['too little disk', { room: roomy.replace('50000000', '900000') }, 'disk-full', 'needs 1.5 GiB of disk', 'clean'],
  [
    'a rootless engine without control groups',
    { engine: { rootless: true, missingControllers: ['memory'] } },
    'environment-failed',
    'no control groups for memory',
    'systemd.unified_cgroup_hierarchy=1',
  ],
])('%s is told with what would help', async (_, lacking, code, message, hint) => {
  expect(await whyNotHere(machine(lacking), 2)).toMatchObject({
    code,
    message: expect.stringContaining(message),
    hint: expect.stringContaining(hint),
  });
});

test('who needs no new room is not asked for it, and still needs the kernel', async () => {
  expect(await whyNotHere(machine({ room: roomy.replace('4000000', '100000') }), 0)).toBeNull();
  expect(await whyNotHere(machine({ missing: 'vxlan\n' }), 0)).toMatchObject({ code: 'environment-failed' });
});

test('a helper that cannot tell the room is no reason to refuse', async () => {
  const { docker, agent } = machine({});
  const silent = (script: string) =>
    script.includes('meminfo') ? Promise.reject(new Error('no answer')) : agent.run(script);
  expect(await whyNotHere({ docker, agent: { ...agent, run: silent } }, 2)).toBeNull();
});
