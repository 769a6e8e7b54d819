import { type Reader, unquoted } from './reader.ts';

/** A name of anything, without case. */
export const name: Reader = {
  canonical: (given) => unquoted(given).normalize('NFC').toLowerCase().replace(/\s+/g, ' '),
  unreadable: 'That is not a name.',
};
