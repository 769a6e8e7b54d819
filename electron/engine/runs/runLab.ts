import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Lab } from '../catalog/lab.ts';
import { LabFile } from '../catalog/schema.ts';

const FILE = 'lab.json';
const Kept = z.object({ id: z.string(), folder: z.string(), hash: z.string() }).loose();

/**
 * The lab as it stood when a run of it began, in the run's folder: whoever edits the lab, breaks it or moves it does not change what somebody is in the
 * middle of. It is no part of the journal: where it is missing, the catalog's lab is taken.
 */
export const keepLab = async (folder: string, lab: Lab): Promise<void> => {
  await writeFile(join(folder, FILE), JSON.stringify(lab), { mode: 0o600 });
};

/** Null where there is none that this version understands. */
export const keptLab = async (folder: string): Promise<Lab | null> => {
  try {
    const { id, folder: from, hash, ...rest } = Kept.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8')));
    return { ...LabFile.parse(rest), id, folder: from, hash };
  } catch {
    return null;
  }
};
