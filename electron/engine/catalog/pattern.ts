import { RE2JS, RE2JSException } from 're2js';

/** A regular expression of a lab. Labs come from strangers, too: it takes time in proportion to the text, whatever the pattern. */
export interface Pattern {
  /** Whether it is found anywhere; `^` and `$` stand for the ends of each line. */
  isIn(text: string): boolean;
  /** What the first group holds where it is found first, or all that fits when the pattern has no group; null when it is not found. */
  valueIn(text: string): string | null;
}

/** In RE2's syntax (https://github.com/google/re2/wiki/Syntax): no look-around and no back-references. A sentence where it cannot be read. */
export function compilePattern(source: string): Pattern | { readonly wrong: string } {
  try {
    const compiled = RE2JS.compile(source, RE2JS.MULTILINE);
    return {
      isIn: (text) => compiled.matcher(text).find(),
      valueIn(text) {
        const matcher = compiled.matcher(text);
        if (!matcher.find()) return null;
        return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? '';
      },
    };
  } catch (error) {
    if (error instanceof RE2JSException)
      return { wrong: `\`${source}\` is not a regular expression: ${reason(error)}` };
    throw error;
  }
}

const reason = ({ message }: RE2JSException): string => message.replace(/^error parsing regexp: /, '');
