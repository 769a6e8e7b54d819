import { z } from 'zod';
import { netnsName } from './params.ts';
import type { Probe } from './probe.ts';
import { counted, countField } from './rows.ts';

const params = z.strictObject({ name: netnsName.optional().describe('Only this one') });

/** Network namespaces that have a name (`ip netns list`). What is in one, the other probes tell, with `netns`. */
export const netnsProbe: Probe<typeof params> = {
  name: 'netns',
  about: 'Network namespaces that have a name (`ip netns list`); other probes look into one, with `netns`',
  mode: 'observe',
  events: null,
  params,
  main: 'name',
  fields: {
    name: { type: 'name', about: 'Its name' },
    inode: {
      type: 'count',
      about: 'Its number, as `ls -i /run/netns` shows it; two names of one namespace have the same',
    },
    ...countField,
  },
  async read(node, { name }) {
    const found = await node.namespaces();
    return counted(
      found
        .filter((each) => name === undefined || each.name === name)
        .map((each) => ({ name: each.name, inode: each.inode })),
    );
  },
};
