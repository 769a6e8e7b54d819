import type { Lab } from '../catalog/lab.ts';
import { drawFor } from '../catalog/random.ts';
import type { ExamPart } from './examFile.ts';

/** One environment of an exam with its questions. */
export interface DrawnSection {
  readonly topic: string;
  readonly lab: string;
  /** uint32, from the exam's own. */
  readonly seed: number;
  /** Ids in the lab's order; an info has no points. Points are per cent of the whole exam. */
  readonly questions: readonly { readonly id: string; readonly points: number }[];
}

/**
 * What a seed makes of an exam: the same seed, parts and labs give the same exam. A question brings those along that must be solved before it, and the
 * info that the lab opens with; so a part may hold a few more than it asks for, never fewer as long as its lab has them.
 */
export const drawExam = (
  exam: string,
  parts: readonly ExamPart[],
  seed: number,
  labOf: (id: string) => Lab,
): DrawnSection[] =>
  parts.map((part, index) => {
    const draw = drawFor(seed, exam, `part ${index}`);
    const lab = labOf(part.labs[draw.below(part.labs.length)] ?? '');
    const graded = lab.questions.filter(({ kind }) => kind !== 'info');
    const chosen = new Set<string>();
    for (const left = [...graded]; left.length > 0 && gradedIn(lab, chosen) < part.questions; ) {
      const [picked] = left.splice(draw.below(left.length), 1);
      if (picked) for (const id of withEarlier(lab, picked.id)) chosen.add(id);
    }
    const [first] = lab.questions;
    if (first?.kind === 'info') chosen.add(first.id);
    const asked = lab.questions.filter(({ id }) => chosen.has(id));
    const total = asked.reduce((sum, each) => sum + weightOf(each), 0);
    return {
      topic: part.topic,
      lab: lab.id,
      seed: draw.below(2 ** 32),
      questions: asked.map((each) => ({ id: each.id, points: (part.weight * weightOf(each)) / total })),
    };
  });

type Question = Lab['questions'][number];

const weightOf = (question: Question): number => (question.kind === 'info' ? 0 : question.weight);

const gradedIn = (lab: Lab, chosen: ReadonlySet<string>): number =>
  lab.questions.filter(({ id, kind }) => kind !== 'info' && chosen.has(id)).length;

/** The question and whatever has to be solved before it. */
const withEarlier = (lab: Lab, id: string, found: Set<string> = new Set()): Set<string> => {
  if (found.has(id)) return found;
  found.add(id);
  for (const before of lab.questions.find((each) => each.id === id)?.after ?? []) withEarlier(lab, before, found);
  return found;
};
