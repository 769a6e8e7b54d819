import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Hash of the bundle that this engine runs from; null from source, where every test run may be another program. */
export const programHash = (): string | null => {
  if (typeof __filename !== 'string' || !['patchbay.cjs', 'engine-process.cjs'].includes(basename(__filename)))
    return null;
  return createHash('sha256').update(readFileSync(__filename)).digest('hex');
};
