import { LabError } from '../../contract/error.ts';
import type { ExamReport, ExamSummary, ExamView } from '../../contract/models/exam.ts';
import { Outcome } from '../../contract/models/verdict.ts';
import { canPause } from '../environments/providers.ts';
import { Once } from '../once.ts';
import type { Journal } from '../runs/journal/journal.ts';
import type { Run } from '../runs/run.ts';
import type { Runs } from '../runs/runs.ts';
import { concludeRun } from '../runs/sitting.ts';
import { Alarm } from './alarm.ts';
import type { ExamClock } from './clock.ts';
import { CreditMeter } from './creditMeter.ts';
import type { ExamRecordBody } from './examRecord.ts';
import { clockTimes, type ExamState, stepExam } from './examState.ts';
import { summarizeExam, viewExam } from './examView.ts';
import { reportOf } from './report.ts';
import type { Seal } from './seal.ts';

export interface ExamPlace {
  readonly runs: Runs;
  readonly seal: Seal;
  readonly clock: ExamClock;
  changed(exam: Exam): void;
}

/** One sitting: questions in several environments, one clock, and no verdict before the end. The environments are runs of their own. */
export class Exam {
  readonly #journal: Journal<ExamRecordBody>;
  readonly #place: ExamPlace;
  readonly #ending = new Once<void>();
  readonly #alarm: Alarm;
  readonly #credits: CreditMeter;
  #state: ExamState;
  #closed = false;

  constructor(state: ExamState, journal: Journal<ExamRecordBody>, place: ExamPlace) {
    this.#state = state;
    this.#journal = journal;
    this.#place = place;
    this.#alarm = new Alarm(() => void this.end('time').catch(() => undefined));
    this.#credits = new CreditMeter(
      () => place.clock.now(),
      (seconds, reason) => this.#record({ type: 'credited', seconds, reason }),
    );
  }

  get id(): string {
    return this.#state.created.exam;
  }

  get attempt(): string {
    return this.#state.created.attempt;
  }

  get state(): ExamState {
    return this.#state;
  }

  get view(): ExamView {
    return viewExam(this.#state, this.#place.clock, this.#runs());
  }

  get summary(): ExamSummary {
    return summarizeExam(this.#state, this.#place.clock);
  }

  /** Makes the environments, one after the other, and goes on where an earlier engine stopped. */
  async goOn(): Promise<void> {
    if (this.#state.ended) return this.#grade();
    for (const [index, section] of this.#state.created.sections.entries()) {
      if (this.#over) return;
      const run = this.#runOf(index) ?? (await this.#begin(index, section));
      await run.environment.settled();
      if (index === 0) await this.#startClock(run);
      else if (index !== this.#current?.section) await this.#rest(run);
    }
    this.#watchClock();
  }

  /** The question that is now in front of the learner. Its environment goes on, the one before may stand still. */
  async open(section: number, question: string): Promise<void> {
    this.#mustBeSitting();
    const run = this.#mustRun(section);
    const before = this.#current;
    await run.open(question);
    if (before?.section !== section || before.question !== question)
      await this.#record({ type: 'turned', section, question });
    if (before && before.section !== section) {
      const left = this.#runOf(before.section);
      if (left) void this.#rest(left);
    }
    if (run.environment.view.state === 'paused') await run.environment.goOn();
  }

  /** Takes an answer, which may be given anew until the end. `given` null: a task is done. */
  async hand(section: number, question: string, given: readonly string[] | null, attempt: string): Promise<void> {
    this.#mustBeSitting();
    const { seal } = this.#place;
    const run = this.#mustRun(section);
    await run.hand(question, given, attempt, (outcome) =>
      seal.close(JSON.stringify(outcome), this.#about(run, question)),
    );
    this.#place.changed(this);
  }

  async flag(section: number, question: string, flagged: boolean): Promise<void> {
    const run = this.#mustRun(section);
    await run.record({ type: 'flagged', question: run.question(question).id, flagged });
    this.#place.changed(this);
  }

  /** Resolves when every question has its verdict and the environments are gone. */
  end(by: 'learner' | 'time'): Promise<void> {
    return this.#ending.do('end', async () => {
      this.#alarm.clear();
      await this.#credits.settle();
      if (!this.#state.ended) await this.#record({ type: 'ended', by });
      await this.#grade();
    });
  }

  /** Throws `conflict` before its end: nothing of it is told then. */
  report(): ExamReport {
    if (this.#state.report) return this.#state.report;
    throw new LabError('conflict', `The exam ${this.id} is not over.`, {
      hint: `\`patchbay end ${this.id}\` ends it.`,
    });
  }

  /** One of its environments is different: gone, or there again. */
  onRun(run: Run): void {
    if (!this.#state.runs.includes(run.id)) return;
    if (this.#state.beganAt !== null && !this.#state.ended) this.#credits.see(run.id, run.environment.view);
    this.#place.changed(this);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#alarm.clear();
    if (!this.#state.ended) await this.#credits.settle();
    await this.#journal.close();
  }

  get #current() {
    return this.#state.visits.at(-1) ?? null;
  }

  get #over(): boolean {
    return this.#closed || this.#state.ended !== null;
  }

  async #begin(index: number, section: ExamState['created']['sections'][number]): Promise<Run> {
    const questions = section.questions.map(({ id }) => id);
    const exam = { id: this.id, questions };
    const run = await this.#place.runs.start(section.lab, section.seed, `${this.attempt}-${index}`, 'exam', exam);
    await this.#record({ type: 'section', section: index, run: run.id });
    return run;
  }

  /** The clock waits for the first environment; one that cannot be made holds the exam up, and `mend` goes on. */
  async #startClock(run: Run): Promise<void> {
    if (this.#state.beganAt !== null || run.environment.view.state !== 'running') return;
    await this.#record({ type: 'began' });
    const [first] = this.#state.created.sections[0]?.questions ?? [];
    if (first && !this.#current) await this.open(0, first.id);
    this.#watchClock();
  }

  #watchClock(): void {
    if (this.#state.beganAt !== null && !this.#over)
      this.#alarm.set(() => this.#place.clock.left(clockTimes(this.#state)));
  }

  /** Nobody works in it now: a cluster stands still, which gives the machine to the one in use. */
  async #rest(run: Run): Promise<void> {
    if (canPause(run.lab.environment) && run.environment.view.state === 'running')
      await run.environment.pause().catch(() => undefined);
  }

  async #grade(): Promise<void> {
    if (this.#state.report) return;
    for (const run of this.#runs()) {
      if (!run) continue;
      if (run.environment.view.state === 'paused') await run.environment.goOn().catch(() => undefined);
      await concludeRun(run, (box, question) =>
        Outcome.parse(JSON.parse(this.#place.seal.open(box, this.#about(run, question)))),
      );
    }
    const graded = this.#runs().map((run) => run && { lab: run.lab, state: run.state });
    await this.#record({ type: 'graded', report: reportOf(this.#state, graded) });
    for (const run of this.#runs()) if (run) await this.#place.runs.destroy(run.id).catch(() => undefined);
    this.#place.seal.forget();
    this.#place.changed(this);
  }

  #about(run: Run, question: string): string {
    return `${run.id} ${question}`;
  }

  #runs(): (Run | null)[] {
    return this.#state.runs.map((_, index) => this.#runOf(index));
  }

  #runOf(section: number): Run | null {
    const id = this.#state.runs[section];
    return id && this.#place.runs.has(id) ? this.#place.runs.get(id) : null;
  }

  #mustRun(section: number): Run {
    const run = this.#runOf(section);
    if (run) return run;
    throw new LabError('conflict', `The environment of part ${section + 1} is not there yet.`, {
      hint: 'It is being made. Work on another question meanwhile.',
    });
  }

  #mustBeSitting(): void {
    if (this.#state.ended)
      throw new LabError('conflict', `The exam ${this.id} is over.`, {
        hint: `\`patchbay report ${this.id}\` shows what came of it.`,
      });
    if (this.#place.clock.left(clockTimes(this.#state)) > 0) return;
    void this.end('time').catch(() => undefined);
    throw new LabError('conflict', `Time is up in the exam ${this.id}.`, {
      hint: `\`patchbay report ${this.id}\` shows what came of it.`,
    });
  }

  async #record(body: ExamRecordBody): Promise<void> {
    const written = await this.#journal.append(body);
    this.#state = stepExam(this.#state, written);
    this.#place.changed(this);
  }
}
