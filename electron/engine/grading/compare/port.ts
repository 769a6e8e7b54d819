import { type Reader, unquoted } from './reader.ts';

/** `8080`, also as `:8080`, `8080/tcp` or `tcp/8080`. */
export const port: Reader = {
  canonical(given) {
    const digits = /^(?:(?:tcp|udp|sctp)\/|:)?(\d{1,6})(?:\/(?:tcp|udp|sctp))?$/i.exec(unquoted(given))?.[1];
    if (digits === undefined || Number(digits) < 1 || Number(digits) > 65535) return null;
    return String(Number(digits));
  },
  unreadable: 'That is not a port (a number from 1 to 65535).',
};
