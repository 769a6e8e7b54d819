import { LabError } from '../../contract/error.ts';
import type { RunSummary } from '../../contract/models/run.ts';
import { expandLab } from '../catalog/expand.ts';
import type { Lab } from '../catalog/lab.ts';
import { Journal } from './journal/journal.ts';
import { RecordBody } from './journal/record.ts';
import { Run } from './run.ts';
import { keptLab } from './runLab.ts';
import type { RunsOptions } from './runsOptions.ts';
import { foldRun, type RunState } from './state.ts';
import { summarizeRun } from './view.ts';

/** What is in a run's folder. One that cannot be opened is kept, shown and never touched but to destroy it. */
export type RunEntry =
  | { readonly kind: 'run'; readonly run: Run }
  | {
      readonly kind: 'closed';
      readonly id: string;
      readonly state: RunState | null;
      readonly error: LabError;
      readonly journal: Journal<RecordBody> | null;
    };

/** What is on the disk of a run; null for what is no run of anybody's, which is removed. Never rejects for what is in the folder. */
export const openEntry = async (id: string, folder: string, options: RunsOptions): Promise<RunEntry | null> => {
  try {
    const { records, journal } = await Journal.open(folder, RecordBody);
    const state = foldRun(records);
    if (journal.readOnly) return { kind: 'closed', id, state, error: journal.readOnly, journal };
    if (!state || state.created.purpose === 'proof') {
      // It never began, or a crash ended a proof. Its containers belong to no run any more and are removed as such.
      await journal.close();
      await Journal.remove(folder);
      return null;
    }
    try {
      const lab = (await keptLab(folder)) ?? (await options.lab(state.created.lab));
      return { kind: 'run', run: runOf(state, lab, journal, options) };
    } catch (error) {
      return { kind: 'closed', id, state, error: LabError.from(error), journal };
    }
  } catch (error) {
    return { kind: 'closed', id, state: null, error: LabError.from(error), journal: null };
  }
};

/** Of an exam's environment only the questions that were drawn. */
export const runOf = (
  state: RunState,
  lab: Lab,
  journal: Journal<RecordBody>,
  { site, events, currentLab }: RunsOptions,
): Run => {
  const { seed, actual, exam } = state.created;
  const whole = expandLab(lab, seed, actual);
  const asked = exam ? whole.questions.filter(({ id }) => exam.questions.includes(id)) : whole.questions;
  return new Run(state, { ...whole, questions: asked }, journal, site, events, () => currentLab(lab.folder));
};

export const stateOf = (entry: RunEntry): RunState | null => (entry.kind === 'run' ? entry.run.state : entry.state);

/** As it is listed; null for a proof's and an exam's, which are no attempts of a learner's at the lab, and for what nobody can read. */
export const summaryOf = (entry: RunEntry): RunSummary | null => {
  const state = stateOf(entry);
  if (state?.created.purpose !== 'practice') return null;
  if (entry.kind === 'run') return entry.run.summary;
  return summarizeRun(state, null, state.environment === 'destroyed' ? 'destroyed' : 'failed');
};
