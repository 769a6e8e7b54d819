import { expandEnvironment } from './expandEnvironment.ts';
import type { ExpandedLab } from './expanded.ts';
import { expandQuestion } from './expandQuestion.ts';
import { fillDeep } from './fillDeep.ts';
import type { Lab } from './lab.ts';
import { fill } from './template.ts';
import { drawVars } from './vars.ts';

/**
 * The lab with every template replaced. `seed` is a uint32; `recorded` are the `actual` values of an earlier expansion:
 * what stands there is taken as it is, only what does not is drawn from the seed. A lab that loaded does not throw here.
 */
export const expandLab = (lab: Lab, seed: number, recorded: Readonly<Record<string, string>> = {}): ExpandedLab => {
  const { bindings, actual } = drawVars(lab.vars, seed, lab.id, recorded);
  const filled = <T>(part: T): T => fillDeep(part, (text) => fill(text, bindings));
  const environment = expandEnvironment(filled(lab.environment), { seed, lab: lab.id, actual, recorded });
  return {
    id: lab.id,
    hash: lab.hash,
    title: lab.title,
    summary: lab.summary,
    minutes: lab.minutes,
    kernel: lab.requires.kernel,
    actual: { ...actual, ...environment.macs },
    environment: environment.environment,
    questions: lab.questions.map((question) => expandQuestion(filled(question))),
  };
};
