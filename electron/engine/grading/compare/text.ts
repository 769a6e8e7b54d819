import type { Reader } from './reader.ts';

/** Case counts; how many spaces stand between words does not. */
export const text: Reader = {
  canonical: (given) => given.normalize('NFC').trim().replace(/\s+/g, ' '),
  unreadable: 'That is not a text.',
};
