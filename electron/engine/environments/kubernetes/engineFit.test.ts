import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createOptions } from '../../docker/containers.ts';
import { infoFrom } from '../../docker/info.ts';
import { productRoot } from '../../root.ts';
import { nodeSpec } from './containers.ts';
import { whyNoCluster } from './engineFit.ts';
import { capabilities } from './privileges.ts';

const kind = { owner: 'test', nodeImage: 'node', gatewayImage: 'gateway', version: '0' };

/** Answers of engines of which only the first kind could be run here; see docs/kubernetes.md. */
const engine = (name: string) => {
  const file = join(productRoot(), 'electron/engine/docker/recordings', `${name}.json`);
  const { version, info } = JSON.parse(readFileSync(file, 'utf8'));
  const read = infoFrom(version, info);
  return { read, host: createOptions(nodeSpec(kind, read, 'x', 'x')).HostConfig };
};

describe.each([
  ['cgroup1', { cgroupVersion: 1, rootless: false, operatingSystem: 'Debian GNU/Linux 12 (bookworm)' }],
  ['cgroup2', { cgroupVersion: 2, rootless: false, operatingSystem: 'Ubuntu 24.04.1 LTS' }],
  ['desktop', { cgroupVersion: 2, rootless: false, operatingSystem: 'Docker Desktop', arch: 'arm64' }],
  ['rootless', { cgroupVersion: 2, rootless: true }],
  ['podman', { cgroupVersion: 2, rootless: false, operatingSystem: 'fedora', apiVersion: '1.41' }],
  ['podman-rootless', { cgroupVersion: 2, rootless: true }],
])('%s', (name, traits) => {
  const { read, host } = engine(name);

  test('is read for what it is, and can carry a cluster', () => {
    expect(read).toMatchObject(traits);
    expect(whyNoCluster(read)).toBeNull();
  });

  test('gives a node the same capabilities, control groups of its own and an open /proc', () => {
    expect(host).toMatchObject({
      CapDrop: ['ALL'],
      CapAdd: capabilities.map(({ capability }) => capability),
      CgroupnsMode: 'private',
      NetworkMode: 'none',
      MaskedPaths: [],
      ReadonlyPaths: [],
      SecurityOpt: ['apparmor=unconfined', 'seccomp=unconfined'],
    });
    // `docker info` does not tell whether a machine has it: so a node never asks, and never is privileged.
    expect(host?.CapAdd).not.toContain('SYS_RESOURCE');
    expect(host?.Privileged).toBeUndefined();
  });

  test('sets rules for devices where it can, and hands in the kernel’s log where it cannot', () => {
    const log = { PathOnHost: '/dev/kmsg', PathInContainer: '/dev/kmsg', CgroupPermissions: 'rwm' };
    expect(host).toMatchObject(
      traits.rootless ? { DeviceCgroupRules: [], Devices: [log] } : { DeviceCgroupRules: ['a *:* rwm'], Devices: [] },
    );
  });
});

test.each([
  ['rootless-cgroup1', 'cpu, cpuset, memory, pids', 'systemd.unified_cgroup_hierarchy=1'],
  ['rootless-undelegated', 'cpu, cpuset', 'Delegate='],
])('%s cannot carry a cluster: what is missing is said, and what would help', (name, missing, help) => {
  expect(whyNoCluster(engine(name).read)).toMatchObject({
    code: 'environment-failed',
    message: expect.stringContaining(`no control groups for ${missing}.`),
    hint: expect.stringContaining(help),
  });
});
