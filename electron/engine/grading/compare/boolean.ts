import { type Reader, unquoted } from './reader.ts';

/** Yes or no. */
export const boolean: Reader = {
  canonical(given) {
    const text = unquoted(given).toLowerCase();
    if (['true', 'yes', 'y', 'on', '1'].includes(text)) return 'true';
    if (['false', 'no', 'n', 'off', '0'].includes(text)) return 'false';
    return null;
  },
  unreadable: 'That is neither yes nor no.',
};
