import { LabError } from '../../contract/error.ts';
import type { ExpandedLook } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { DEFAULT_LIMIT, type Scalar, type ValueType } from '../probes/probe.ts';
import { probeNamed } from '../probes/table.ts';
import { canonical } from './compare/table.ts';
import { within } from './within.ts';

/** What a look saw. No value: the thing is not there, which is a result. */
export interface Seen {
  readonly type: ValueType;
  readonly field: string;
  /** Distinct values of the field in all rows that have one, as the probe read them. */
  readonly values: readonly Scalar[];
}

/**
 * Reads live state now. `node: '*'` reads every node. Rejects with a LabError when the fault is not the learner's: `node-stopped`, `agent-failed`,
 * `probe-timeout`, `probe-failed`, or `lab-invalid` for a look that no probe can do. `deadlineMs` replaces the probe's own limit.
 */
export const look = async (
  environment: EnvironmentReader,
  wanted: ExpandedLook,
  deadlineMs: number | null = null,
): Promise<Seen> => {
  const { probe, params, field, type } = understood(wanted);
  const nodes = wanted.node === '*' ? environment.nodeNames : [wanted.node];
  const limit = deadlineMs ?? probe.limit?.(params) ?? DEFAULT_LIMIT;
  const rows = await Promise.all(
    nodes.map((name) => within(limit, name, async () => probe.read(environment.node(name), params))),
  );
  const values = rows.flat().map((row) => row[field] ?? null);
  return { type, field, values: distinct(type, values) };
};

/** The probe of a look with its parsed parameters. */
const understood = (wanted: ExpandedLook) => {
  const probe = probeNamed(wanted.probe);
  if (!probe) throw invalid(`there is no probe "${wanted.probe}"`);
  const params = probe.params.safeParse(wanted.with);
  if (!params.success) throw invalid(`the probe ${wanted.probe} does not understand ${JSON.stringify(wanted.with)}`);
  const field = wanted.field ?? probe.main;
  const type = probe.fields[field]?.type;
  if (!type) throw invalid(`the probe ${wanted.probe} has no field "${field}"`);
  return { probe, params: params.data, field, type };
};

/** Whether a change is told that can make this look see something else; if not, it must be asked again and again. */
export const isTold = (wanted: ExpandedLook): boolean => {
  const probe = probeNamed(wanted.probe);
  const params = probe?.params.safeParse(wanted.with);
  if (!probe || !params?.success) return false;
  return (typeof probe.events === 'function' ? probe.events(params.data) : probe.events) !== null;
};

/** One value for each meaning, without nulls; values that are not of their type are kept as they are. */
export const distinct = (type: ValueType, values: readonly Scalar[]): Scalar[] => {
  const found = new Map<string, Scalar>();
  for (const value of values) {
    if (value === null) continue;
    const key = canonical(type, value) ?? `?${value}`;
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
};

export const invalid = (why: string): LabError =>
  new LabError('lab-invalid', `This lab cannot be graded here: ${why}.`, {
    hint: 'This is a mistake in the lab, not yours, and costs nothing. `patchbay lint LAB` shows it.',
  });
