import type { ShellMark } from './mirror.ts';

/** What a stream is made of, to who follows the shell in it. */
export type ShellPart =
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  | { readonly kind: 'mark'; readonly mark: ShellMark; readonly argument: string };

const BEGIN = '\x1b]133;';
/** A mark is ended by BEL or ST. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is a control sequence
const MARK = /^\x1b\]133;([ABCDP])(?:;([^\x07\x1b]{0,64}))?(?:\x07|\x1b\\)/;
const LONGEST = 80;

/** Finds OSC 133 marks in a stream, also those that a chunk cuts in two. */
export class ShellMarks {
  #rest = '';

  /** The parts of the stream up to here, but for the beginning of a mark at its end. */
  feed(chunk: Uint8Array): ShellPart[] {
    // Latin-1: each character is one byte.
    let text = this.#rest + Buffer.from(chunk).toString('latin1');
    const parts: ShellPart[] = [];
    const output = (length: number) => {
      if (length > 0) parts.push({ kind: 'output', bytes: Buffer.from(text.slice(0, length), 'latin1') });
      text = text.slice(length);
    };
    for (;;) {
      output(startOfMark(text));
      const found = MARK.exec(text);
      if (found !== null) {
        parts.push({ kind: 'mark', mark: found[1] as ShellMark, argument: found[2] ?? '' });
        text = text.slice(found[0].length);
      } else if (text.length >= LONGEST) output(1);
      else break;
    }
    this.#rest = text;
    return parts;
  }
}

/** Where a mark begins or may begin, or the length. */
const startOfMark = (text: string): number => {
  const whole = text.indexOf(BEGIN);
  if (whole !== -1) return whole;
  for (let length = Math.min(BEGIN.length - 1, text.length); length > 0; length--)
    if (text.endsWith(BEGIN.slice(0, length))) return text.length - length;
  return text.length;
};
