import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../contract/error.ts';
import type { ExamCard } from '../../contract/models/exam.ts';
import type { Labs } from '../labs.ts';
import { EXAM_FILE, type LoadedExam, loadExam } from './loadExam.ts';
import { drawnExam, type SittingPlan, timedLab } from './sittingPlan.ts';

/** The exams that lie beside the labs: a folder with an `exam.yaml` each, read anew each time. */
export class ExamFolders {
  readonly #folders: readonly string[];
  readonly #labs: Labs;

  constructor(folders: readonly string[], labs: Labs) {
    this.#folders = folders;
    this.#labs = labs;
  }

  list(): LoadedExam[] {
    const labs = this.#labs.list();
    return this.#folders.flatMap((parent) =>
      (existsSync(parent) ? readdirSync(parent).sort() : [])
        .map((name) => join(parent, name))
        .filter((folder) => existsSync(join(folder, EXAM_FILE)))
        .map((folder) => loadExam(folder, labs)),
    );
  }

  /** Null where no exam has that name. */
  find(name: string): LoadedExam | null {
    return this.list().find((loaded) => (loaded.state === 'ok' ? loaded.exam.id : loaded.id) === name) ?? null;
  }

  /** An exam, or else a lab of that name. Throws `not-found` or `lab-invalid`. */
  plan(name: string): SittingPlan {
    const found = this.find(name);
    if (!found) return timedLab(this.#labs.get(name));
    if (found.state === 'ok') return drawnExam(found.exam, (id) => this.#labs.get(id));
    const [first] = found.mistakes;
    throw new LabError(
      'lab-invalid',
      `The exam ${found.id} has ${found.mistakes.length} mistakes${first ? `, the first in ${first.file}:${first.line}: ${first.message}` : ''}.`,
      { hint: `\`patchbay lint ${name}\` lists them all.`, data: { mistakes: found.mistakes } },
    );
  }

  cards(): ExamCard[] {
    return this.list().map((loaded) => {
      if (loaded.state === 'broken') return { state: 'broken', id: loaded.id, mistakes: loaded.mistakes };
      const { id, title, summary, about = '', minutes, pass, parts } = loaded.exam;
      return {
        state: 'ok',
        ...{ id, title, summary, about, minutes, pass },
        parts: parts.map(({ topic, questions, weight }) => ({ topic, questions, weight })),
      };
    });
  }
}
