import { z } from 'zod';
import { flagName, flagValues } from './flags.ts';
import type { Probe, Row } from './probe.ts';
import { counted, countField } from './rows.ts';
import { readUnit, type Unit } from './systemd/unitFiles.ts';
import { commandLine } from './systemd/unitSyntax.ts';

const params = z.strictObject({
  name: z
    .string()
    .regex(/^[\w@.:-]+$/, 'is not the name of a unit')
    .describe('kubelet means kubelet.service'),
  key: z
    .string()
    .regex(/^[A-Za-z]+\.[A-Za-z]+$/, 'is not a key with its section')
    .optional()
    .describe('What this key says, such as Service.Restart; a row for each value'),
  variable: z
    .string()
    .min(1)
    .optional()
    .describe('What this variable of its environment is, from Environment= or a file of EnvironmentFile='),
  flag: z
    .string()
    .min(1)
    .optional()
    .describe('What this flag of its command is given, such as --config, variables replaced'),
});

/**
 * A systemd unit (`systemctl cat`): its file, its drop-ins, its command and environment. Parsed from the files of the node, whatever its systemd is
 * doing: what a running process was really given is for the probe `process`.
 */
export const unitProbe: Probe<typeof params> = {
  name: 'unit',
  about: 'A systemd unit, its drop-ins, command and environment (`systemctl cat`), read from its files',
  mode: 'observe',
  events: null,
  params,
  main: 'path',
  fields: {
    path: { type: 'path', about: 'Its file' },
    'drop-ins': { type: 'text', about: 'Its drop-ins, in their order, apart by one space; none when it has none' },
    masked: { type: 'boolean', about: 'Whether it is a link to /dev/null' },
    command: { type: 'text', about: 'What it starts, with variables replaced' },
    value: { type: 'text', about: 'What `key`, `variable` or `flag` comes to' },
    source: { type: 'path', about: 'The file in which `key` or `variable` is set' },
    ...countField,
  },
  async read(node, { name, key, variable, flag }) {
    const unit = await readUnit(node, name.includes('.') ? name : `${name}.service`);
    if (unit === null) return [];
    const command = commandOf(unit);
    const whole = {
      path: unit.path,
      'drop-ins': unit.dropIns.join(' ') || null,
      masked: unit.masked,
      command: command?.join(' ') ?? null,
      value: null,
      source: null,
    } satisfies Row;
    if (key !== undefined) {
      const [section, word] = key.split('.');
      const said = unit.said.filter((it) => it.section === section && it.key === word);
      return counted(said.map(({ value, source }) => ({ ...whole, value, source })));
    }
    if (variable !== undefined) {
      const found = unit.variables.get(variable);
      return found ? counted([{ ...whole, ...found }]) : [];
    }
    if (flag !== undefined) {
      const value = flagValues(command ?? [], flagName(flag)).at(-1);
      return value === undefined ? [] : counted([{ ...whole, value }]);
    }
    return counted([whole]);
  },
};

const commandOf = ({ said, variables }: Unit): string[] | null => {
  const start = said.findLast((it) => it.section === 'Service' && it.key === 'ExecStart');
  const values = new Map([...variables].map(([name, { value }]) => [name, value]));
  return start ? commandLine(start.value, values) : null;
};
