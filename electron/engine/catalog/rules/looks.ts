import { z } from 'zod';
import { interfaceName } from '../../probes/params.ts';
import type { Draft } from '../draft.ts';
import type { ProbeTable } from '../lab.ts';
import { shapeMistakes } from '../shapeMistakes.ts';
import { allLooks, type FoundLook } from './allLooks.ts';
import { allSteps } from './allSteps.ts';
import { hostsOf, interfacesOf, nodeNames } from './places.ts';
import type { Judged, Rule } from './rule.ts';

/** Every look names a probe, a node and a field that are there, and gives the probe what it takes. */
export const looks: Rule = (judged) => {
  for (const found of allLooks(judged.lab)) {
    node(judged, found);
    const { probe: name, field } = found.look;
    if (name === undefined) continue;
    const probe = Object.hasOwn(judged.probes, name) ? judged.probes[name] : undefined;
    if (!probe) {
      judged.tell({
        path: [...found.path, 'probe'],
        message: `no probe \`${name}\``,
        word: name,
        known: Object.keys(judged.probes),
      });
      continue;
    }
    const fields = Object.keys(probe.fields);
    if (field !== undefined && !fields.includes(field))
      judged.tell({
        path: [...found.path, 'field'],
        message: `\`${name}\` sees no \`${field}\``,
        word: field,
        known: fields,
      });
    params(judged, found, probe);
  }
};

const node = ({ lab, samples, tell }: Judged, { path, look, every }: FoundLook): void => {
  const known = nodeNames(lab);
  if (look.node === undefined || !known) return;
  for (const name of samples.possible(look.node))
    if (name === '*' && !every) tell({ path: [...path, 'node'], message: '`*` is possible only in `from`' });
    else if (name !== '*' && !known.includes(name))
      tell({ path: [...path, 'node'], message: `no node \`${name}\``, word: name, known });
};

const params = (judged: Judged, { path, look }: FoundLook, probe: ProbeTable[string]): void => {
  const { lab, samples, tell } = judged;
  for (const filled of samples.possible({ with: look.with ?? {}, node: look.node })) {
    for (const told of shapeMistakes(probe.params, filled.with))
      tell({ ...told, path: [...path, 'with', ...told.path], message: `${look.probe}: ${told.message}` });
    // What is in a named namespace, nobody can know beforehand.
    if ('netns' in filled.with) continue;
    for (const [key, value] of interfaceParams(probe.params, filled.with)) {
      const known = filled.node === undefined ? [] : interfacesOf(judged, filled.node);
      if (known.length > 1 && !known.includes(value) && !isMade(lab, value))
        tell({
          path: [...path, 'with', key],
          message: `${filled.node} has no interface \`${value}\``,
          word: value,
          known,
        });
    }
  }
};

/** Parameters that name an interface: those whose schema is `interfaceName`. */
const interfaceParams = (schema: z.ZodType, given: Readonly<Record<string, unknown>>): [string, string][] => {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(given).flatMap(([key, value]): [string, string][] => {
    const param: unknown = schema.shape[key];
    const inner = param instanceof z.ZodOptional ? param.unwrap() : param;
    return inner === interfaceName && typeof value === 'string' ? [[key, value]] : [];
  });
};

/** An interface that the environment does not list may be one that a solution or a node's own start makes. */
const isMade = (lab: Draft, name: string): boolean => {
  const starts = Object.values(hostsOf(lab)?.nodes ?? {}).flatMap((node) => node?.start ?? []);
  const lines = [...starts, ...allSteps(lab).map(({ step }) => step.run)];
  return lines.some((line) => line?.split(/[^\w.-]+/).includes(name));
};
