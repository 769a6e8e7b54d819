import type { Rule } from './rule.ts';

/** A near miss replaces a step that the solution has, and fails checks that the task has. */
export const tasks: Rule = ({ lab, tell }) => {
  for (const [index, question] of (lab.questions ?? []).entries()) {
    if (question?.kind !== 'task') continue;
    const known = (question.checks ?? []).flatMap((check) => check?.id ?? []);
    const steps = question.solve?.length;
    for (const [place, miss] of (question['near-misses'] ?? []).entries()) {
      const path = ['questions', index, 'near-misses', place];
      const at = miss?.['instead-of'];
      if (at !== undefined && steps !== undefined && at >= steps)
        tell({
          path: [...path, 'instead-of'],
          message: `\`solve\` has no step ${at}: ${steps === 1 ? 'its only step is 0' : `its steps are 0 to ${steps - 1}`}`,
        });
      for (const [nth, id] of (miss?.fails ?? []).entries())
        if (id !== undefined && !known.includes(id))
          tell({ path: [...path, 'fails', nth], message: `no check \`${id}\``, word: id, known });
    }
  }
};
