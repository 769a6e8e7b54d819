import { basename } from 'node:path';
import type { Mistake } from '../../contract/models/lab.ts';
import { Includes } from '../catalog/includes.ts';
import type { LoadedLab } from '../catalog/lab.ts';
import { LabSource, type Told } from '../catalog/labSource.ts';
import { readText } from '../catalog/readText.ts';
import { Id } from '../catalog/schema/words.ts';
import { shapeMistakes } from '../catalog/shapeMistakes.ts';
import { ExamFile } from './examFile.ts';

export const EXAM_FILE = 'exam.yaml';

/** An exam that was loaded and holds no mistake. */
export interface ExamPlan extends ExamFile {
  /** The name of its folder. */
  readonly id: string;
}

export type LoadedExam =
  | { readonly state: 'ok'; readonly exam: ExamPlan }
  | { readonly state: 'broken'; readonly id: string; readonly mistakes: Mistake[] };

/** Reads an exam's folder. Never throws: what is wrong comes back, all of it at once, each with its line. */
export const loadExam = (folder: string, labs: readonly LoadedLab[]): LoadedExam => {
  const id = basename(folder);
  const broken = (mistakes: Mistake[]): LoadedExam => ({ state: 'broken', id, mistakes });
  const atStart = (message: string) => broken([{ file: EXAM_FILE, line: 1, column: 1, message, nearest: null }]);
  if (!Id.safeParse(id).success)
    return atStart(`the folder's name is the exam's id, and \`${id}\` is none: lower-case letters, digits and hyphens`);
  const file = readText(folder, EXAM_FILE);
  if ('fault' in file) return atStart(file.fault);
  const source = new LabSource(EXAM_FILE, file.text);
  if (source.syntaxMistakes.length > 0) return broken(source.syntaxMistakes);
  const data = source.read();
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return atStart('this file holds no exam: it must be a group of keys, such as `title: ...`');
  const includes = new Includes(folder, data);
  const shape = shapeMistakes(ExamFile, data);
  const told = [
    ...includes.mistakes,
    ...shape,
    ...(shape.length > 0 ? [] : contentMistakes(ExamFile.parse(data), labs)),
  ];
  if (told.length > 0) return broken(told.map((it) => includes.place(it, source.mistake(it))));
  return { state: 'ok', exam: { ...ExamFile.parse(data), id } };
};

const contentMistakes = ({ parts }: ExamFile, labs: readonly LoadedLab[]): Told[] => {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const sum: Told[] =
    total === 100
      ? []
      : [{ path: ['parts'], message: `the weights of all parts are ${total} together, and must be 100` }];
  return [...sum, ...parts.flatMap((part, index) => partMistakes(part, index, labs))];
};

const partMistakes = (part: ExamFile['parts'][number], index: number, labs: readonly LoadedLab[]): Told[] =>
  part.labs.flatMap((id, at): Told[] => {
    const path = ['parts', index, 'labs', at];
    const known = labs.flatMap((loaded) => (loaded.state === 'ok' ? [loaded.lab.id] : []));
    const found = labs.find((loaded) => loaded.state === 'ok' && loaded.lab.id === id);
    if (found?.state !== 'ok') return [{ path, message: `no lab \`${id}\``, word: id, known }];
    const graded = found.lab.questions.filter(({ kind }) => kind !== 'info').length;
    if (graded >= part.questions) return [];
    return [{ path, message: `the lab ${id} has ${graded} graded questions, and this part draws ${part.questions}` }];
  });
