import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { Mistake } from '../../contract/models/lab.ts';
import { nearestWord } from './nearestWord.ts';

export type Path = readonly (string | number)[];

/** Where in a value a mistake is: the value itself, the key that it stands under, or a piece of its text. */
export type Spot = { readonly on: 'value' } | { readonly on: 'key' } | { readonly on: 'piece'; readonly piece: string };

export interface Told {
  readonly path: Path;
  readonly message: string;
  readonly spot?: Spot;
  /** What was written and what could have been: the nearest of them is named, if any is near. */
  readonly word?: string;
  readonly known?: readonly string[];
}

/** A YAML file that remembers where everything in it stands. */
export class LabSource {
  readonly #file: string;
  readonly #text: string;
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
  }

  /** What is wrong with the YAML itself, duplicate keys included. */
  get syntaxMistakes(): Mistake[] {
    return this.#document.errors.map((error) =>
      this.#mistakeAt(
        error.pos[0],
        error.code === 'DUPLICATE_KEY' ? this.#duplicate(error.pos) : explained(error),
        null,
      ),
    );
  }

  /** The data, as YAML means it. Null when aliases are nested so deeply that they would fill the memory. */
  read(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 100 });
    } catch {
      return null;
    }
  }

  mistake({ path, message, spot = { on: 'value' }, word, known }: Told): Mistake {
    const nearest = word !== undefined && known ? nearestWord(word, known) : null;
    return this.#mistakeAt(this.#offset(path, spot), message, nearest);
  }

  /** Bytes before this offset are before the thing; of a path that is not there, its nearest ancestor that is. */
  #offset(path: Path, spot: Spot): number {
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, step] of path.entries()) {
      const last = depth === path.length - 1;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (!isPair(pair)) return offset;
        offset = (last && spot.on === 'key' ? startOf(pair.key) : startOf(pair.value)) ?? startOf(pair.key) ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)];
        if (item === undefined) return offset;
        offset = startOf(item) ?? offset;
        node = item;
      } else return offset;
    }
    if (spot.on !== 'piece') return offset;
    const piece = this.#text.indexOf(spot.piece, offset);
    return piece === -1 ? offset : piece;
  }

  #duplicate([start]: readonly [number, number]): string {
    const key = /^[^\s:,}]+/.exec(this.#text.slice(start))?.[0] ?? '';
    return `the key \`${key}\` stands here twice`;
  }

  #mistakeAt(offset: number, message: string, nearest: string | null): Mistake {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1), message, nearest };
  }
}

/** YAML's own words, and what an author most often did when they come. */
const explained = ({ code, message }: YAMLParseError): string =>
  code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY'
    ? `${message} (a text with a colon and a space in it needs quotes)`
    : message;

const startOf = (node: unknown): number | null => {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
  const [start] = node.range;
  return typeof start === 'number' ? start : null;
};
