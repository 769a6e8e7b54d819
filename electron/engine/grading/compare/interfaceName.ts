import { type Reader, unquoted } from './reader.ts';

/** An interface as `ip link` prints it: the colon after it and the other end (`eth0@if7`) are not part of its name. */
export const interfaceName: Reader = {
  canonical(given) {
    const text = unquoted(given).replace(/:$/, '').replace(/@\S+$/, '').toLowerCase();
    return /^[^\s/@]{1,15}$/.test(text) ? text : null;
  },
  unreadable: 'That is not the name of an interface (such as eth0).',
};
