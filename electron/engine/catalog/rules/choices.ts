import type { Rule } from './rule.ts';

/** A choice has either live options or written ones, at least one wrong, and one right unless `many`. */
export const choices: Rule = ({ lab, tell }) => {
  for (const [index, question] of (lab.questions ?? []).entries()) {
    if (question?.kind !== 'choice') continue;
    const path = ['questions', index];
    const { choose, options } = question;
    if ((choose === undefined) === (options === undefined))
      tell({ path, message: 'exactly one of `choose` and `options` must be here' });
    if (!options) continue;
    const right = options.filter((option) => option?.right === true).length;
    if (right === 0) tell({ path: [...path, 'options'], message: 'no option is right: give one `right: true`' });
    if (right > 1 && question.many !== true)
      tell({ path: [...path, 'options'], message: `${right} options are right, so this needs \`many: true\`` });
    if (right === options.length) tell({ path: [...path, 'options'], message: 'no option is wrong' });
    const texts = options.map((option) => option?.text);
    for (const [place, text] of texts.entries())
      if (text !== undefined && texts.indexOf(text) < place)
        tell({ path: [...path, 'options', place, 'text'], message: 'this option stands here twice' });
  }
};
