import { posix } from 'node:path';
import { type Reader, unquoted } from './reader.ts';

/** An absolute path; doubled and trailing slashes, `.` and `..` do not matter. */
export const path: Reader = {
  canonical(given) {
    const text = unquoted(given);
    if (!text.startsWith('/') || text.includes('\0')) return null;
    const normal = posix.normalize(text);
    return normal.length > 1 ? normal.replace(/\/$/, '') : normal;
  },
  unreadable: 'That is not an absolute path (it begins with /).',
};
