import type { ExpandedQuestion } from '../expanded.ts';

/** What a lab's texts tell every learner from the start: the addresses and networks in its questions. */
export interface Told {
  /** As the texts have it, with its prefix length or without; null when they do not. */
  address(cidr: string): string | null;
  network(cidr: string): string | null;
}

const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.]*\d)/g;

export const toldBy = (questions: readonly ExpandedQuestion[]): Told => {
  const words = new Set(questions.flatMap(({ title, text }) => `${title} ${text}`.match(ADDRESS) ?? []));
  const without = (cidr: string) => cidr.split('/')[0] ?? cidr;
  return {
    address: (cidr) => (words.has(cidr) ? cidr : words.has(without(cidr)) ? without(cidr) : null),
    network: (cidr) => (words.has(cidr) ? cidr : null),
  };
};

/** Of a lab without a run: nothing. */
export const NOTHING_TOLD: Told = { address: () => null, network: () => null };
