import { closest, distance } from 'fastest-levenshtein';

/** The word most like what was written; null when none is like it enough to be meant. */
export const nearestWord = (written: string, known: readonly string[]): string | null => {
  if (known.length === 0 || written.length > 100) return null;
  const word = closest(written, [...known]);
  return distance(written.toLowerCase(), word.toLowerCase()) <= Math.max(2, Math.floor(word.length / 3)) ? word : null;
};
