import type { Mistake } from '../../contract/models/lab.ts';
import type { Path, Told } from './labSource.ts';
import { readText } from './readText.ts';
import { valueAt } from './shapeMistakes.ts';

interface Included {
  readonly file: string;
  readonly text: string;
}

/** Markdown that stands in files of its own. */
export class Includes {
  readonly mistakes: Told[] = [];
  readonly #texts = new Map<string, Included>();

  /** Puts the texts in the place of each `{ file: why.md }` where the format has Markdown. Changes `data`. */
  constructor(folder: string, data: unknown) {
    for (const path of markdownPaths(data)) {
      const file = valueAt(data, [...path, 'file']);
      if (typeof file !== 'string') continue;
      const read = readText(folder, file);
      if ('fault' in read) this.mistakes.push({ path: [...path, 'file'], message: read.fault });
      else this.#texts.set(JSON.stringify(path), { file, text: read.text });
      const parent = valueAt(data, path.slice(0, -1));
      const key = path.at(-1);
      if (typeof parent === 'object' && parent !== null && key !== undefined)
        Reflect.set(parent, key, 'text' in read ? read.text : '-');
    }
  }

  /** The place in the included file itself, where the mistake stands in one. */
  place({ path, spot }: Told, mistake: Mistake): Mistake {
    const included = this.#texts.get(JSON.stringify(path));
    if (!included) return mistake;
    const offset = spot?.on === 'piece' ? Math.max(included.text.indexOf(spot.piece), 0) : 0;
    const before = included.text.slice(0, offset).split('\n');
    return { ...mistake, file: included.file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

const markdownPaths = (data: unknown): Path[] => {
  const questions = valueAt(data, ['questions']);
  const count = Array.isArray(questions) ? questions.length : 0;
  return [
    ['about'],
    ...Array.from({ length: count }, (_, index) => ['text', 'solution'].map((key) => ['questions', index, key])).flat(),
  ];
};
