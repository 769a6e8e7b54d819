import type { Path } from '../labSource.ts';
import { fill, TemplateError, templatesIn } from '../template.ts';
import type { Rule } from './rule.ts';

/** Every `${...}` names a variable of the lab and something that it has. */
export const templates: Rule = ({ lab, samples, tell }) => {
  for (const { path, text } of strings(lab, [])) {
    const [top] = path;
    const written = [...new Set(templatesIn(text))];
    if (top === 'vars') {
      for (const piece of written)
        tell({ path, spot: { on: 'piece', piece }, message: `\`${piece}\`: a variable cannot be made of variables` });
      continue;
    }
    if (top === 'title' || top === 'summary' || top === 'about') {
      for (const piece of written)
        tell({
          path,
          spot: { on: 'piece', piece },
          message: `\`${piece}\`: the catalog shows this before anything is drawn`,
        });
      continue;
    }
    for (const piece of written) {
      const wrong = samples.bindings.map((bindings) => errorIn(piece, bindings)).find((it) => it !== null);
      if (!wrong || samples.isFaulty(wrong.word)) continue;
      tell({ path, spot: { on: 'piece', piece }, message: wrong.message, word: wrong.word, known: wrong.known });
    }
  }
};

const errorIn = (template: string, bindings: Parameters<typeof fill>[1]): TemplateError | null => {
  try {
    fill(template, bindings);
    return null;
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
};

const strings = (value: unknown, path: Path): { path: Path; text: string }[] => {
  if (typeof value === 'string') return value.includes('${') ? [{ path, text: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, item]) => strings(item, [...path, key]));
};
