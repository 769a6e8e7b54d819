import type { Draft } from '../draft.ts';
import type { ProbeTable } from '../lab.ts';
import type { Told } from '../labSource.ts';
import type { Samples } from '../samples.ts';

export interface Judged {
  readonly lab: Draft;
  readonly probes: ProbeTable;
  readonly samples: Samples;
  tell(told: Told): void;
}

/** One thing that the schema cannot see. A rule passes over what is missing: the schema has told that already. */
export type Rule = (judged: Judged) => void;
