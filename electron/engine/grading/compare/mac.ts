import { type Reader, unquoted } from './reader.ts';

/** `02:AB:...`, `02-ab-...`, `02ab.0000.0001`, `02ab00000001`, and pairs without their leading zero. */
export const mac: Reader = {
  canonical(given) {
    const text = unquoted(given).toLowerCase();
    const pairs = /^[0-9a-f]{1,2}([:-])(?:[0-9a-f]{1,2}\1){4}[0-9a-f]{1,2}$/.test(text)
      ? text.split(/[:-]/)
      : /^(?:[0-9a-f]{12}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})$/.test(text)
        ? text.replaceAll('.', '').match(/../g)
        : null;
    return pairs?.map((pair) => pair.padStart(2, '0')).join(':') ?? null;
  },
  unreadable: 'That is not a MAC address (six pairs of hex digits, such as 02:00:00:00:00:01).',
};
