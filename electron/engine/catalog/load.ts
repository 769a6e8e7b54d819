import { basename } from 'node:path';
import type { Mistake } from '../../contract/models/lab.ts';
import { contentHash } from './contentHash.ts';
import { draftOf } from './draft.ts';
import { Includes } from './includes.ts';
import type { KeptLabs } from './keptLabs.ts';
import type { Lab, LoadedLab, ProbeTable } from './lab.ts';
import { LabSource, type Told } from './labSource.ts';
import { readText } from './readText.ts';
import { rules } from './rules/rules.ts';
import { Samples } from './samples.ts';
import { Id } from './schema/words.ts';
import { LabFile } from './schema.ts';
import { shapeMistakes } from './shapeMistakes.ts';

export const LAB_FILE = 'lab.yaml';

/** Labs without a mistake, by what stood in their files: reading one anew takes 20 ms of a start that takes 100. */
const known = new WeakMap<ProbeTable, Map<string, Lab>>();

/** Reads a lab's folder. Never throws: what is wrong comes back, all of it at once, each with its line. */
export const loadLab = (folder: string, probes: ProbeTable, kept?: KeptLabs): LoadedLab => {
  const labs = known.get(probes) ?? new Map<string, Lab>();
  known.set(probes, labs);
  const before = labs.get(folder);
  if (before && unchanged(before)) return { state: 'ok', lab: before };
  const again = kept ? fromKept(folder, kept) : null;
  const loaded = again ?? readLab(folder, probes);
  if (loaded.state === 'ok') labs.set(folder, loaded.lab);
  if (loaded.state === 'ok' && !again) kept?.write(loaded.lab);
  return loaded;
};

const fromKept = (folder: string, kept: KeptLabs): LoadedLab | null => {
  try {
    const lab = kept.read(folder, contentHash(folder));
    return lab && { state: 'ok', lab };
  } catch {
    return null;
  }
};

const unchanged = (lab: Lab): boolean => {
  try {
    return contentHash(lab.folder) === lab.hash;
  } catch {
    return false;
  }
};

const readLab = (folder: string, probes: ProbeTable): LoadedLab => {
  const id = basename(folder);
  const broken = (mistakes: Mistake[]): LoadedLab => ({ state: 'broken', id, mistakes });
  const atStart = (message: string): LoadedLab =>
    broken([{ file: LAB_FILE, line: 1, column: 1, message, nearest: null }]);

  if (!Id.safeParse(id).success)
    return atStart(`the folder's name is the lab's id, and \`${id}\` is none: lower-case letters, digits and hyphens`);
  const file = readText(folder, LAB_FILE);
  if ('fault' in file) return atStart(file.fault);
  const source = new LabSource(LAB_FILE, file.text);
  if (source.syntaxMistakes.length > 0) return broken(source.syntaxMistakes);
  const data = source.read();
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return atStart('this file holds no lab: it must be a group of keys, such as `title: ...`');

  const includes = new Includes(folder, data);
  const told = [...includes.mistakes, ...mistakesIn(data, probes)];
  if (told.length > 0) return broken(inOrder(told.map((it) => includes.place(it, source.mistake(it)))));
  return { state: 'ok', lab: { ...LabFile.parse(data), id, folder, hash: contentHash(folder) } };
};

const mistakesIn = (data: unknown, probes: ProbeTable): Told[] => {
  const shape = shapeMistakes(LabFile, data);
  const lab = draftOf(data, shape);
  const samples = new Samples(lab);
  const told = [...shape, ...samples.mistakes];
  for (const rule of rules) rule({ lab, probes, samples, tell: (it) => void told.push(it) });
  return told;
};

/** From the top of the file to its end; what several samples showed alike stands there once. */
const inOrder = (mistakes: readonly Mistake[]): Mistake[] => {
  const distinct = new Map(mistakes.map((it) => [JSON.stringify(it), it]));
  return [...distinct.values()].sort(
    (a, b) => Number(a.file !== LAB_FILE) - Number(b.file !== LAB_FILE) || a.line - b.line || a.column - b.column,
  );
};
