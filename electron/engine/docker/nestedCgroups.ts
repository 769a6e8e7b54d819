import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { LabError } from '../../contract/error.ts';

const ROOT = '/sys/fs/cgroup';

/** True when we ourselves run in a container of somebody's. */
export const inContainer = (): boolean =>
  existsSync('/.dockerenv') || existsSync('/run/.containerenv') || process.env.container !== undefined;

/**
 * Makes this container's control groups usable for an engine inside it. Does nothing outside of a container, and nothing that is not needed.
 * Rejects with `docker-missing` when the container was not given the rights.
 */
export async function prepareNestedCgroups(): Promise<void> {
  if (!inContainer()) return;
  // bind: of this mount alone. The hierarchy itself is the host's, and changing that one is refused as busy.
  for (const mount of readOnlyCgroupMounts(readFileSync('/proc/self/mountinfo', 'utf8'))) {
    const { failed, stderr } = await execa('mount', ['-o', 'remount,bind,rw', mount], { reject: false });
    if (failed)
      throw new LabError('docker-missing', `An engine in this container needs ${mount} writable: ${stderr}`, {
        hint: 'Start the container with CAP_SYS_ADMIN, or give it the socket of an engine outside and set DOCKER_HOST.',
      });
  }
  if (existsSync(join(ROOT, 'cgroup.controllers'))) delegateControllers();
}

/** Mount points below /sys/fs/cgroup that are read-only. Source: proc(5), /proc/pid/mountinfo. */
export function readOnlyCgroupMounts(mountinfo: string): string[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , , point = '', options = ''] = before.split(' ');
    const type = after.split(' ')[0] ?? '';
    const cgroup = point === ROOT || point.startsWith(`${ROOT}/`);
    return cgroup && /^(cgroup2?|tmpfs)$/.test(type) && options.split(',').includes('ro') ? [point] : [];
  });
}

/**
 * cgroup v2 lets a group hand controllers down only when no process is in it, so that all move into one of their own.
 * Source: cgroup-v2.rst, "No Internal Process Constraint".
 */
function delegateControllers(): void {
  const words = (file: string) => readFileSync(join(ROOT, file), 'utf8').trim().split(/\s+/).filter(Boolean);
  const missing = words('cgroup.controllers').filter((it) => !words('cgroup.subtree_control').includes(it));
  if (missing.length === 0) return;
  mkdirSync(join(ROOT, 'init'), { recursive: true });
  for (const pid of words('cgroup.procs')) {
    try {
      writeFileSync(join(ROOT, 'init', 'cgroup.procs'), pid);
    } catch {
      // It ended meanwhile.
    }
  }
  writeFileSync(join(ROOT, 'cgroup.subtree_control'), missing.map((it) => `+${it}`).join(' '));
}
