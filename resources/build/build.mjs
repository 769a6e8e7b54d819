// npm run build: every program and the page into dist/, or nothing at all where the sources have not changed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/root.mjs';
import { page, programs } from './entries.mjs';
import { isUpToDate, stamped } from './up-to-date.mjs';

if (!isUpToDate(root)) await stamped(root, buildAll);

async function buildAll() {
  // Loaded only here: Vite alone takes longer to load than all that a start with nothing to build does.
  const [{ build }, { programConfig }, { pageConfig }] = await Promise.all([
    import('vite'),
    import('./program.vite.mjs'),
    import('./page.vite.mjs'),
  ]);
  const present = programs.filter(({ source }) => existsSync(join(root, source)));
  for (const program of present) await build(programConfig(root, program));
  if (existsSync(join(root, page.source))) await build(pageConfig(root, page));
}
