import { RE2JS, RE2JSException } from 're2js';

/** A regular expression of a lab. Labs come from strangers, too: it takes time in proportion to the text, whatever the pattern. */
export interface Pattern {
  /** Whether it is found anywhere; `^` and `$` stand for the ends of each line. */
  isIn(text: string): boolean;
}

/** In RE2's syntax (https://github.com/google/re2/wiki/Syntax): no look-around and no back-references. A sentence where it cannot be read. */
export function compilePattern(source: string): Pattern | { readonly wrong: string } {
  try {
    const compiled = RE2JS.compile(source, RE2JS.MULTILINE);
    return { isIn: (text) => compiled.matcher(text).find() };
  } catch (error) {
    if (error instanceof RE2JSException)
      return { wrong: `\`${source}\` is not a regular expression: ${reason(error)}` };
    throw error;
  }
}

const reason = ({ message }: RE2JSException): string => message.replace(/^error parsing regexp: /, '');
