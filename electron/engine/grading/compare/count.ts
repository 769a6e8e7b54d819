import { type Reader, unquoted } from './reader.ts';

/** A whole number. */
export const count: Reader = {
  canonical(given) {
    const text = unquoted(given);
    if (!/^[+-]?\d{1,15}$/.test(text)) return null;
    // The addition makes 0 of -0.
    return String(Number(text) + 0);
  },
  unreadable: 'That is not a whole number.',
};
