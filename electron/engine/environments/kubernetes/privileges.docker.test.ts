import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { imageReference } from '../../docker/images/table.ts';
import { nodeSpec } from './containers.ts';
import { capabilities } from './privileges.ts';
import { type TestClusters, testClusters } from './testClusters.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

let all: TestClusters;
beforeAll(async () => {
  all = await testClusters('privileges');
});
afterAll(() => all?.close());

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
  SYSLOG: 'mknod /root/kmsg c 1 11; exec 3< /root/kmsg',
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

/** Holds where the kernel asks for the capability at all: it may let everybody read its log. */
const kernelAsks: Readonly<Record<string, string>> = {
  SYSLOG: '[ "$(cat /proc/sys/kernel/dmesg_restrict)" != 0 ]',
};

/** A node that does nothing, with all capabilities but one. */
const tried = async (without: string | null, line: string): Promise<number> => {
  const kind = { owner: all.owner, nodeImage: imageReference('node'), gatewayImage: '', version: 'test' };
  const spec = nodeSpec(kind, await all.docker.info(), `${all.owner}-${without ?? 'all'}`.toLowerCase(), 'tried');
  const id = await all.docker.create({
    ...spec,
    capAdd: (spec.capAdd ?? []).filter((each) => each !== without),
    command: ['sleep', '100'],
  });
  try {
    await all.docker.start(id);
    return (await all.docker.execToEnd(id, ['bash', '-c', line], { deadlineMs: 20_000 })).exit;
  } finally {
    await all.docker.remove(id);
  }
};

test('every capability has its use here', () => {
  expect(Object.keys(uses).sort()).toEqual(capabilities.map(({ capability }) => capability).sort());
});

describe('with all of them', () => {
  test('everything works', async () => {
    for (const [capability, line] of Object.entries(uses)) expect(await tried(null, line), capability).toBe(0);
  });
});

describe('without', () => {
  test.each(Object.entries(uses))('%s', async (capability, line) => {
    const { exit } = await all.agent.run(kernelAsks[capability] ?? 'true');
    if (exit !== 0) return;
    expect(await tried(capability, line)).not.toBe(0);
  });
});
