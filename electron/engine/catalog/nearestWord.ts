import { closest, distance } from 'fastest-levenshtein';

/** The word most like what was written; null when none is like it enough to be meant. */
export const nearestWord = (written: string, known: readonly string[]): string | null => {
  if (known.length === 0 || written.length > 100) return null;
  const word = closest(written, [...known]);
  const longest = Math.max(word.length, written.length);
  return distance(written.toLowerCase(), word.toLowerCase()) <= Math.max(2, Math.ceil(longest / 2.5)) ? word : null;
};
