// npm run build: every program and the page into dist/, or nothing at all where the sources have not changed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentHash, dropStamp, readStamp, writeStamp } from '../setup/stamp.mjs';
import { page, programs, sources, stampFile } from './entries.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const stamp = join(root, stampFile);
const hash = contentHash(root, sources, [process.versions.node.split('.')[0] ?? '']);
const complete = () =>
  [...programs, page].every((it) => !existsSync(join(root, it.source)) || existsSync(join(root, it.output)));

if (readStamp(stamp) !== hash || !complete()) {
  dropStamp(stamp);
  await buildAll();
  writeStamp(stamp, hash);
}

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
