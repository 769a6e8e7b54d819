import { z } from 'zod';
import type { Probe } from '../probes/probe.ts';

/** docs/probes.md: what each probe takes and sees, for authors of labs. Made from the probes themselves. */
export const probeReference = (probes: Readonly<Record<string, Probe>>): string =>
  [
    '# Probes',
    '',
    'Made from the probes themselves by `node resources/build/schema.mjs`. The main field is the one that is meant when a lab names none.',
    ...Object.entries(probes).flatMap(([name, probe]) => ['', ...section(name, probe)]),
    '',
  ].join('\n');

const section = (name: string, probe: Probe): string[] => {
  const params = paramsOf(probe);
  return [
    `## ${name}`,
    '',
    `${probe.about}.${probe.mode === 'act' ? ' It sends packets.' : ''}`,
    '',
    ...(params.length > 0 ? ['| `with` | |', '|---|---|', ...params, ''] : []),
    '| field | type | |',
    '|---|---|---|',
    ...Object.entries(probe.fields).map(
      ([field, { type, about }]) =>
        `| \`${field}\`${field === probe.main ? ' (main)' : ''} | ${type} | ${cell(about)} |`,
    ),
  ];
};

const Shape = z.object({
  properties: z
    .record(z.string(), z.object({ description: z.string().optional(), default: z.unknown().optional() }))
    .default({}),
  required: z.array(z.string()).default([]),
});

const paramsOf = (probe: Probe): string[] => {
  const { properties, required } = Shape.parse(z.toJSONSchema(probe.params, { io: 'input' }));
  return Object.entries(properties).map(([name, { description = '', default: usual }]) => {
    const notes = [
      description,
      required.includes(name) ? 'needed' : '',
      usual === undefined ? '' : `usually \`${usual}\``,
    ];
    return `| \`${name}\` | ${cell(notes.filter(Boolean).join('; '))} |`;
  });
};

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
