import type { Mistake } from '../../contract/models/lab.ts';
import type { Probe } from '../probes/probe.ts';
import type { LabFile } from './schema.ts';

/** A lab that was loaded and holds no mistake. Templates still stand in it: `expandLab` replaces them for a run. */
export interface Lab extends LabFile {
  /** The name of its folder. */
  readonly id: string;
  readonly folder: string;
  /** Hash of everything in the folder (hex); changes when the content changes. */
  readonly hash: string;
}

export type LoadedLab =
  | { readonly state: 'ok'; readonly lab: Lab }
  | { readonly state: 'broken'; readonly id: string; readonly mistakes: Mistake[] };

/** What the loader must know of the probes: name -> what they take and what they see. */
export type ProbeTable = Readonly<Record<string, Pick<Probe, 'params' | 'fields' | 'main' | 'mode'>>>;
