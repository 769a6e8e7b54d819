import { basename } from 'node:path/posix';
import { z } from 'zod';
import type { InsideProcess } from '../environments/inside/inside.ts';
import { flagName, flagValues } from './flags.ts';
import type { Probe } from './probe.ts';
import { counted, countField } from './rows.ts';

const params = z.strictObject({
  name: z
    .string()
    .min(1)
    .describe('The program without its folder, such as kubelet, or what the kernel calls the process'),
  flag: z
    .string()
    .min(1)
    .optional()
    .describe('With or without hyphens: what this flag was given, such as --cluster-cidr'),
});

/** Processes of a node by name, those of its pods too, and what their flags were given (`ps -ef`). Read from /proc; no program of the node runs. */
export const processProbe: Probe<typeof params> = {
  name: 'process',
  about: 'Processes of a node, those of its pods too, and their flags (`ps -ef`)',
  mode: 'observe',
  events: null,
  params,
  main: 'pid',
  fields: {
    pid: { type: 'count', about: 'Its number, as the node counts' },
    name: { type: 'name', about: 'The program without its folder' },
    path: { type: 'path', about: 'The program as it was started' },
    command: { type: 'text', about: 'The program with all its arguments, apart by one space' },
    value: { type: 'text', about: 'What `flag` was given; none where it was not given. A bare flag is `true`' },
    'in-pod': { type: 'boolean', about: 'Whether it runs in a pod' },
    ...countField,
  },
  async read(node, { name, flag }) {
    const found = (await node.processes()).filter((process) => isNamed(process, name));
    return counted(
      found.map((process) => ({
        pid: process.pid,
        name: programOf(process),
        path: process.args[0] ?? null,
        command: process.args.join(' '),
        // The last one counts, as it does for the program.
        value: flag === undefined ? null : (flagValues(process.args, flagName(flag)).at(-1) ?? null),
        'in-pod': process.pod !== null,
      })),
    );
  },
};

/** `nginx: master process` and `-bash` name themselves otherwise than they were started. */
const programOf = ({ args, comm }: InsideProcess): string => (args[0] ? basename(args[0].split(' ')[0] ?? '') : comm);

const isNamed = (process: InsideProcess, name: string): boolean =>
  programOf(process) === name || programOf(process).replace(/:$/, '') === name || process.comm === name.slice(0, 15);
