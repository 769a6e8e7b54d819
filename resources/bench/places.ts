import { join } from 'node:path';
import { root } from '../setup/root.mjs';

export const cli = join(root, 'dist', 'cli', 'patchbay.cjs');
