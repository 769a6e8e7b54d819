import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LabError } from '../contract/error.ts';
import { productRoot } from '../engine/root.ts';

export const LAB_KINDS = ['hosts', 'kubernetes'] as const;
export type LabKind = (typeof LAB_KINDS)[number];

const SCHEMA = 'lab.schema.json';

/**
 * A folder with a lab that lints and proves as it stands; its name is the lab's id. The schema for editors is put beside the folder, where
 * all labs of that place share it. Answers the files that were written. Throws `bad-input` or `conflict`, and has then written nothing.
 */
export function writeNewLab(folder: string, kind: LabKind): string[] {
  const id = basename(folder);
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id))
    throw new LabError('bad-input', `\`${id}\` cannot be a lab's id.`, {
      hint: 'Lower-case letters, digits and hyphens, at most 40, the first a letter: `patchbay new my-first-lab`.',
    });
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new LabError('conflict', `${folder} is there already, and not empty.`, { hint: 'Choose another name.' });

  const template = join(productRoot(), 'resources', 'new-lab', kind);
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(template).sort().reverse();
  for (const name of names) {
    const text = readFileSync(join(template, name), 'utf8');
    writeFileSync(join(folder, name), text.replaceAll('{{title}}', titleOf(id)));
  }
  return [...names.map((name) => join(folder, name)), ...writeSchema(dirname(folder))];
}

/** `my-first-lab` as a title. */
const titleOf = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

/** One that an earlier version wrote is replaced, a file of somebody else's is left alone. */
function writeSchema(parent: string): string[] {
  const ours = join(productRoot(), 'labs', SCHEMA);
  const theirs = join(parent, SCHEMA);
  if (existsSync(theirs)) {
    const there = readFileSync(theirs, 'utf8');
    if (there === readFileSync(ours, 'utf8') || !there.includes('"A lab of Patchbay"')) return [];
  }
  cpSync(ours, theirs);
  return [theirs];
}
