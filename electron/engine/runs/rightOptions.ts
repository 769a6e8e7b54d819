import type { ExpandedChoice } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { meaning } from '../grading/choice.ts';
import { look } from '../grading/truth.ts';

/** Which of the offered options are right now. For solving and proving; never shown to a learner before he solved it. */
export const rightOptions = async (
  question: ExpandedChoice,
  offered: readonly string[],
  reader: EnvironmentReader,
): Promise<string[]> => {
  if (question.options.from === 'prose') {
    const right = new Set(question.options.list.filter((option) => option.right).map((option) => option.text));
    return offered.filter((text) => right.has(text));
  }
  const { type, values } = await look(reader, question.options.truth);
  const right = new Set(values.map((value) => meaning(type, value)));
  return offered.filter((text) => right.has(meaning(type, text)));
};
