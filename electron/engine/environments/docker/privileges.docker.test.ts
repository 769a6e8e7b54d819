import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testOwner } from '../../../../resources/setup/test-session.mjs';
import { connectDocker, type DockerConnection } from '../../docker/connect.ts';
import { findEndpoint } from '../../docker/findEndpoint.ts';
import { prepareImages } from '../../docker/images/prepareImages.ts';
import { imageReference } from '../../docker/images/table.ts';
import { label } from '../../docker/labels.ts';
import { prepareDockerImages } from '../../runs/dockerImages.ts';
import { engineSpec } from './containers.ts';
import { capabilities } from './privileges.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 1_200_000 });

const owner = testOwner('engine-privileges');
let docker: DockerConnection;
beforeAll(async () => {
  docker = await connectDocker(await findEndpoint());
  await prepareImages(docker, () => undefined);
  await prepareDockerImages(docker, () => undefined, new AbortController().signal);
});
afterAll(async () => {
  for (const { id } of await docker.list({ [label.owner]: owner })) await docker.remove(id);
  docker.close();
});

/** Another user's process that lives for a while. */
const stranger = 'setpriv --reuid 65534 --clear-groups sleep 20 & other=$!; sleep 0.3;';
const file = 'cd /root; touch f; chown 65534:65534 f;';

/** A call that no program of the node makes alone; its number on amd64 and on arm64. */
const systemCall = (amd64: number, arm64: number, args: string): string =>
  `perl -e 'my @args = (${args}); exit(syscall(\`uname -m\` =~ /aarch64/ ? ${arm64} : ${amd64}, @args) == 0 ? 0 : 1)'`;

/** What each capability is for, in one line that fails without it. */
const uses: Readonly<Record<string, string>> = {
  SYS_ADMIN: 'mount -t tmpfs none /mnt',
  NET_ADMIN: 'ip link add t0 type bridge',
  NET_RAW: 'perl -e "socket(S, 2, 3, 1) or exit 1"',
  SYS_PTRACE: `${stranger} readlink /proc/$other/root`,
  SYS_CHROOT: 'chroot / true',
  MKNOD: 'mknod /root/null c 1 3',
  SETUID: 'setpriv --reuid 65534 --clear-groups true',
  SETGID: 'setpriv --regid 65534 --clear-groups true',
  // PR_CAPBSET_DROP of CAP_CHOWN.
  SETPCAP: systemCall(157, 167, '24, 0, 0, 0, 0'),
  SETFCAP: `touch /root/c; ${systemCall(188, 5, '"/root/c", "security.capability", pack("V5", 0x2000001, 0x2000, 0, 0, 0), 20, 0')}`,
  CHOWN: 'touch /root/f && chown 65534 /root/f',
  DAC_OVERRIDE: `${file} chmod 0 f; echo x > f`,
  FOWNER: `${file} chmod 600 f`,
  FSETID: `${file} chown 0 f; chmod 2755 f; [ -g f ]`,
  // As runc does it for a container's first process.
  AUDIT_WRITE: 'setpriv --inh-caps +audit_write --ambient-caps +audit_write true',
  KILL: `${stranger} kill $other`,
  NET_BIND_SERVICE:
    'echo 1024 > /proc/sys/net/ipv4/ip_unprivileged_port_start; perl -MIO::Socket::INET -e "IO::Socket::INET->new(LocalPort => 80, Listen => 1) or exit 1"',
};

/** Exit codes of these lines on a node that does nothing else, with all capabilities but one. */
const tried = async (without: string | null, lines: readonly string[]): Promise<number[]> => {
  const spec = engineSpec(
    { owner, image: imageReference('docker-node'), version: 'test' },
    `${owner}-${without ?? 'all'}`.toLowerCase(),
  );
  const id = await docker.create({
    ...spec,
    capAdd: (spec.capAdd ?? []).filter((each) => each !== without),
    command: ['sleep', '100'],
  });
  try {
    await docker.start(id);
    const codes: number[] = [];
    for (const line of lines)
      codes.push((await docker.execToEnd(id, ['bash', '-c', line], { deadlineMs: 20_000 })).exit);
    return codes;
  } finally {
    await docker.remove(id);
  }
};

test('every capability has its use here', () => {
  expect(Object.keys(uses).sort()).toEqual(capabilities.map(({ capability }) => capability).sort());
});

test('with all of them everything works', async () => {
  const codes = await tried(null, Object.values(uses));
  expect(Object.fromEntries(Object.keys(uses).map((name, index) => [name, codes[index]]))).toEqual(
    Object.fromEntries(Object.keys(uses).map((name) => [name, 0])),
  );
});

test.each(Object.entries(uses))('without %s', async (capability, line) => {
  expect(await tried(capability, [line])).not.toEqual([0]);
});
