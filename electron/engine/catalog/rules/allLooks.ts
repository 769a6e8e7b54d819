import type { Draft, DraftQuestion } from '../draft.ts';
import type { Path } from '../labSource.ts';
import type { Params } from '../schema.ts';

export interface LookDraft {
  readonly probe?: string | undefined;
  readonly with?: { readonly [key: string]: Params[string] | readonly unknown[] | undefined } | undefined;
  readonly node?: string | undefined;
  readonly field?: string | undefined;
}

export interface FoundLook {
  readonly path: Path;
  readonly look: LookDraft;
  /** Whether `node: "*"` is possible here. */
  readonly every: boolean;
}

/** Everything in a lab that reads live state, and where it stands. */
export const allLooks = (lab: Draft): FoundLook[] =>
  (lab.questions ?? []).flatMap((question, index) =>
    question ? looksOf(question).map((it) => ({ ...it, path: ['questions', index, ...it.path] })) : [],
  );

const looksOf = (question: DraftQuestion): FoundLook[] => {
  switch (question.kind) {
    case 'answer':
      return [at(['answer'], question.answer), ...listed('near-misses', question['near-misses'])].flat();
    case 'task':
      return listed('checks', question.checks);
    case 'choice': {
      const from = question.choose?.from;
      return [
        ...at(['choose', 'truth'], question.choose?.truth),
        ...(isList(from)
          ? listed('from', from, true).map((it) => ({ ...it, path: ['choose', ...it.path] }))
          : at(['choose', 'from'], from, true)),
      ];
    }
    default:
      return [];
  }
};

const isList = (
  value: LookDraft | readonly (LookDraft | undefined)[] | undefined,
): value is readonly (LookDraft | undefined)[] => Array.isArray(value);

const at = (path: Path, look: LookDraft | undefined, every = false): FoundLook[] =>
  look ? [{ path, look, every }] : [];

const listed = (key: string, looks: readonly (LookDraft | undefined)[] | undefined, every = false): FoundLook[] =>
  (looks ?? []).flatMap((look, index) => at([key, index], look, every));
