import { z } from 'zod';
import type { Probe } from './probe.ts';
import { unreadable } from './readJson.ts';

const params = z.strictObject({});

/** The node's host name as its kernel has it (`uname -n` in its UTS namespace). */
export const hostnameProbe: Probe<typeof params> = {
  name: 'hostname',
  about: "The node's host name as its kernel has it",
  mode: 'observe',
  events: null,
  params,
  main: 'hostname',
  fields: { hostname: { type: 'name', about: 'The name' } },
  async read(node) {
    const command = ['uname', '-n'];
    const result = await node.uts(command);
    const hostname = result.stdout.trim();
    if (result.exit !== 0 || !/^\S+$/.test(hostname)) throw unreadable(node, command, result);
    return [{ hostname }];
  },
};
