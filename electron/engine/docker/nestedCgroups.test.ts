import { expect, test } from 'vitest';
import { readOnlyCgroupMounts } from './nestedCgroups.ts';

test('read-only control groups are found, and nothing else', () => {
  const mountinfo = [
    '730 725 0:55 / /sys ro,nosuid,nodev,noexec,relatime - sysfs sysfs ro',
    '731 730 0:56 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,mode=755',
    '732 731 0:30 / /sys/fs/cgroup/cpu ro,nosuid,relatime master:10 - cgroup cgroup rw,cpu',
    '733 731 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory',
    '734 731 0:32 / /sys/fs/cgroup/unified ro,relatime - cgroup2 cgroup2 rw',
  ].join('\n');
  expect(readOnlyCgroupMounts(mountinfo)).toEqual(['/sys/fs/cgroup/cpu', '/sys/fs/cgroup/unified']);
});
