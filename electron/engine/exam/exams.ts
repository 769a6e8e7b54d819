import { randomInt } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../contract/error.ts';
import type { ExamSummary } from '../../contract/models/exam.ts';
import { Journal } from '../runs/journal/journal.ts';
import { JOURNAL_VERSION } from '../runs/journal/readLines.ts';
import type { Run } from '../runs/run.ts';
import { isRunId, newRunId } from '../runs/runId.ts';
import type { Runs } from '../runs/runs.ts';
import { ExamClock } from './clock.ts';
import { Exam } from './exam.ts';
import { type ExamRecord, ExamRecordBody } from './examRecord.ts';
import { type ExamState, foldExam } from './examState.ts';
import { Seal } from './seal.ts';
import type { SittingPlan } from './sittingPlan.ts';

export interface ExamsOptions {
  readonly stateDir: string;
  readonly appVersion: string;
  readonly runs: Runs;
  /** An exam of that name, or a lab that is to be done against the clock. Throws `not-found` or `lab-invalid`. */
  plan(name: string): SittingPlan;
  readonly clock?: ExamClock;
  changed(exam: Exam): void;
  removed(id: string): void;
}

/** All exams of this state directory, the one that goes on and those that are over. */
export class Exams {
  readonly #options: ExamsOptions;
  readonly #exams = new Map<string, Exam>();
  readonly #clock: ExamClock;

  constructor(options: ExamsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? new ExamClock();
  }

  /** Opens what is on the disk; one that goes on goes on, and one whose time ran out meanwhile is graded. */
  async open(): Promise<void> {
    await mkdir(this.#folder(), { recursive: true, mode: 0o700 });
    for (const id of (await readdir(this.#folder())).filter(isRunId)) await this.#take(id);
  }

  /** Takes up what is not over. Rejects as environments do; what is there stays. */
  async resume(): Promise<void> {
    for (const exam of this.#exams.values()) if (!exam.state.report) await exam.goOn();
  }

  list(): ExamSummary[] {
    return [...this.#exams.values()].map((exam) => exam.summary).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  }

  get(id: string): Exam {
    const exam = this.#exams.get(id);
    if (exam) return exam;
    throw new LabError('not-found', `There is no exam ${id.slice(0, 80)}.`, { hint: '`patchbay exams` lists them.' });
  }

  /** One exam goes on at a time. */
  async start(name: string, seed: number = randomInt(2 ** 32), attempt: string): Promise<Exam> {
    const known = [...this.#exams.values()].find((exam) => exam.attempt === attempt);
    if (known) return known;
    const open = [...this.#exams.values()].find((exam) => exam.state.ended === null);
    if (open)
      throw new LabError('conflict', `The exam ${open.id} goes on.`, { hint: `\`patchbay end ${open.id}\` ends it.` });
    const plan = this.#options.plan(name);
    const id = newRunId(name, (taken) => this.#exams.has(taken));
    const { journal } = await Journal.open(this.#folder(id), ExamRecordBody);
    const created = await journal.append({
      type: 'created',
      journal: JOURNAL_VERSION,
      exam: id,
      source: name,
      title: plan.title,
      minutes: plan.minutes,
      pass: plan.pass,
      seed,
      sections: plan.sections(seed).map((section) => ({ ...section, questions: [...section.questions] })),
      app: this.#options.appVersion,
      attempt,
    });
    const exam = this.#add(foldExam([created as ExamRecord]) as ExamState, journal);
    // What cannot be made is shown with its part.
    void exam.goOn().catch(() => undefined);
    return exam;
  }

  onRun(run: Run): void {
    const exam = run.state.created.exam && this.#exams.get(run.state.created.exam.id);
    if (exam) exam.onRun(run);
  }

  /** Nothing of it stays. An exam that goes on is ended first. */
  async forget(id: string): Promise<void> {
    const exam = this.get(id);
    await exam.end('learner');
    this.#exams.delete(id);
    for (const run of exam.state.runs) if (run && this.#options.runs.has(run)) await this.#options.runs.forget(run);
    await exam.close();
    await Journal.remove(this.#folder(id));
    this.#options.removed(id);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#exams.values()].map((exam) => exam.close()));
  }

  /** One that cannot be read, or that a newer Patchbay wrote, is left as it lies: it must not keep the engine from starting. */
  async #take(id: string): Promise<void> {
    const opened = await Journal.open(this.#folder(id), ExamRecordBody).catch(() => null);
    const state = opened && foldExam(opened.records);
    if (state && !opened.journal.readOnly) this.#add(state, opened.journal);
    else await opened?.journal.close();
  }

  #add(state: ExamState, journal: Journal<ExamRecordBody>): Exam {
    const { runs, changed, stateDir } = this.#options;
    const seal = new Seal(stateDir, state.created.exam);
    const exam = new Exam(state, journal, { runs, seal, clock: this.#clock, changed });
    this.#exams.set(exam.id, exam);
    return exam;
  }

  #folder(id = ''): string {
    return join(this.#options.stateDir, 'exams', id);
  }
}
