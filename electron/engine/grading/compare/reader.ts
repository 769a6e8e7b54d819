/** How values of one type are read, so that they are compared as what they are. */
export interface Reader {
  /** The one form of everything that means the same; null when the text is no such value. */
  canonical(text: string): string | null;
  /** What a learner reads whose answer is no such value. */
  readonly unreadable: string;
}

/** Quotes and backticks that were copied along. */
export const unquoted = (text: string): string => /^(["'`])(.*)\1$/.exec(text.trim())?.[2]?.trim() ?? text.trim();
