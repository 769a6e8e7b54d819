import * as calls from '../../contract/calls.ts';
import type { Call } from '../../contract/token.ts';

const groups = [calls.catalog, calls.runs, calls.exams, calls.terminals, calls.docker, calls.engine];

/** Every call of the contract by its name. */
export const callTable: ReadonlyMap<string, Call> = new Map(
  groups.flatMap((group) => Object.values<Call>(group)).map((call) => [call.name, call]),
);
