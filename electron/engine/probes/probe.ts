import type { z } from 'zod';
import type { NodeHandle } from '../environments/environment.ts';

/** What a value is, so that it is compared as what it is. */
export type ValueType = 'text' | 'mac' | 'ip' | 'cidr' | 'port' | 'count' | 'path' | 'name' | 'interface' | 'boolean';

export type Scalar = string | number | boolean | null;

/** One thing that was read: an interface, an address, a route. Names of the fields are iproute2's and Kubernetes' own. */
export type Row = Readonly<Record<string, Scalar>>;

/** What tells that something changed: a node's links, addresses, routes; objects of the cluster; packets of a new kind in a capture. */
export type EventSource = 'network' | 'cluster' | 'packets';

/** Milliseconds after which grading gives up on a probe that names no limit of its own. */
export const DEFAULT_LIMIT = 4000;

/**
 * A typed read of live state. `observe` leaves no trace; `act` sends packets and runs only after what it needs holds.
 * `events`: a change of this source wakes it; null: it is asked once a second while its question is open.
 */
export interface Probe<Params extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly about: string;
  readonly mode: 'observe' | 'act';
  readonly events: EventSource | null | ((params: z.output<Params>) => EventSource | null);
  readonly params: Params;
  /** Field name -> type of its value; the result schema that lab files are checked against. */
  readonly fields: Readonly<Record<string, { type: ValueType; about: string }>>;
  /** The field that is meant when a lab names none; the thing is there when this field has a value. */
  readonly main: string;
  /** Milliseconds after which grading gives up, whatever the node does; more than what `read` itself allows. */
  limit?(params: z.output<Params>): number;
  /** Done once when there is an environment to watch: what has to be seen before anybody asks for it. What it rejects with, `read` tells too. */
  prepare?(node: NodeHandle): Promise<unknown>;
  /** No row: the thing is not there, which is a result. Rejects with LabError only for faults of ours. */
  read(node: NodeHandle, params: z.output<Params>): Promise<Row[]>;
}
