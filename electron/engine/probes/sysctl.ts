import { z } from 'zod';
import type { Probe } from './probe.ts';
import { READ_DEADLINE, unreadable } from './readJson.ts';

const params = z.strictObject({
  name: z
    .string()
    .regex(/^net(\.[\w-]+)+$|^net(\/(?!\.)[\w.-]+)+$/, 'is not a setting under net, such as net.ipv4.ip_forward')
    .describe('With / in place of the dots where a name in it has a dot: net/ipv4/conf/eth0.5/forwarding'),
});

/** A kernel setting of the node's network namespace (`sysctl net...`). No row when there is no such setting. */
export const sysctlProbe: Probe<typeof params> = {
  name: 'sysctl',
  about: "A kernel setting of the node's network (`sysctl net...`)",
  mode: 'observe',
  events: null,
  params,
  main: 'value',
  fields: { value: { type: 'text', about: 'Its value; several numbers are apart by one space' } },
  async read(node, { name }) {
    const path = `/proc/sys/${name.includes('/') ? name : name.replaceAll('.', '/')}`;
    const command = ['cat', path];
    const result = await node.net(command, { deadlineMs: READ_DEADLINE });
    if (result.exit === 0 && result.stdout.trim() !== '') return [{ value: result.stdout.trim().replace(/\s+/g, ' ') }];
    if (result.exit === 1 && /: No such file or directory\s*$/.test(result.stderr)) return [];
    throw unreadable(node, command, result);
  },
};
