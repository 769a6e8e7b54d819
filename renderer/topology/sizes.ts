import type { DrawnEnd, DrawnNode } from '../../electron/contract/models/drawing.ts';

// Pixels. The texts are monospaced, so that their widths are known without asking the browser.

export const LINE = 14;
const NAME_CHARACTER = 7.6;
const SMALL_CHARACTER = 6.7;
const PADDING = 12;
/** Between a jack and its words, or between the words of two jacks. */
export const GAP = 10;

/** What stands at a jack, a line each. */
export const wordsOf = ({ port, addresses }: DrawnEnd): string[] => [...(port === null ? [] : [port]), ...addresses];

export const widthOfWords = (words: readonly string[]): number =>
  Math.max(0, ...words.map((word) => word.length * SMALL_CHARACTER));

/** A host needs no word for what it is. */
export const needsKind = ({ kind, name }: DrawnNode): boolean => kind !== 'host' && kind !== name;

export const headOf = (node: DrawnNode, kind: string): { width: number; height: number } => {
  const named = needsKind(node);
  const text = Math.max(node.name.length * NAME_CHARACTER, named ? kind.length * SMALL_CHARACTER : 0);
  return { width: text + 2 * PADDING, height: named ? 42 : 28 };
};
