#!/usr/bin/env node
// npx patchbay ...: the command line in a clone.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './root.mjs';

const built = join(root, 'dist/cli/patchbay.cjs');
if (existsSync(built)) {
  process.argv[1] = built;
  createRequire(import.meta.url)(built);
} else {
  console.error('Patchbay is not set up in this clone yet: run npm start first.');
  process.exitCode = 3;
}
