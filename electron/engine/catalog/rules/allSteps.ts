import type { Draft } from '../draft.ts';
import type { Path } from '../labSource.ts';

export interface StepDraft {
  readonly node?: string | undefined;
  readonly run?: string | undefined;
}

interface FoundStep {
  readonly path: Path;
  readonly step: StepDraft;
}

/** Everything in a lab that is typed into a terminal or run unseen for a question, and where it stands. */
export const allSteps = (lab: Draft): FoundStep[] =>
  (lab.questions ?? []).flatMap((question, index) => {
    const path = ['questions', index];
    const broken = listed([...path, 'break'], question?.break);
    if (question?.kind === 'answer')
      return [
        ...broken,
        ...listed([...path, 'solve'], [question.solve]).map((it) => ({ ...it, path: [...path, 'solve'] })),
      ];
    if (question?.kind !== 'task') return broken;
    return [
      ...broken,
      ...listed([...path, 'solve'], question.solve),
      ...(question['also-solved-by'] ?? []).flatMap((way, other) => listed([...path, 'also-solved-by', other], way)),
      ...listed([...path, 'near-misses'], question['near-misses']),
      ...listed([...path, 'undo'], question.undo),
    ];
  });

const listed = (path: Path, steps: readonly (StepDraft | undefined)[] | undefined): FoundStep[] =>
  (steps ?? []).flatMap((step, index) => (step ? [{ path: [...path, index], step }] : []));
