import { randomUUID } from 'node:crypto';
import { LabError } from '../../contract/error.ts';
import type { RunSummary, RunView } from '../../contract/models/run.ts';
import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedLab, ExpandedQuestion, ExpandedTask } from '../catalog/expanded.ts';
import type { LiveEnvironment } from '../environments/provider.ts';
import { truthNow } from '../grading/seen.ts';
import { errored } from '../grading/verdict.ts';
import { Once } from '../once.ts';
import { Breaks } from './breaks.ts';
import { ImageHint } from './imageHint.ts';
import type { Journal } from './journal/journal.ts';
import type { RecordBody } from './journal/record.ts';
import { drawFor, type JudgedIn, judge } from './judge.ts';
import { isPaused } from './pausedErrors.ts';
import { PresentTicks } from './presentTicks.ts';
import { resetMeanwhile } from './resetMeanwhile.ts';
import { RunEnvironment } from './runEnvironment.ts';
import type { Site } from './site.ts';
import { type SealOutcome, sealedJudgement } from './sitting.ts';
import { isSitting, type RunState, question as recordOf, step } from './state.ts';
import { summarizeRun, viewRun } from './view.ts';

export interface RunEvents {
  changed(run: Run): void;
  /** Nodes are new: shells in the old ones are gone. Resolves when they have new ones. */
  renewed(run: Run): Promise<void>;
  /** One node was started again: shells in it are gone. */
  revived(run: Run, node: string): void;
}

/**
 * One learner's attempt at a lab. Whatever is answered to the learner is in the journal first; what is only true now (the environment, present
 * ticks) is read from the environment.
 */
export class Run {
  readonly lab: ExpandedLab;
  readonly environment: RunEnvironment;
  readonly #journal: Journal<RecordBody>;
  readonly #events: RunEvents;
  readonly #images = new ImageHint(() => this.#events.changed(this));
  readonly #ticks = new PresentTicks(
    () => this.#watched(),
    (outcome) => void this.#ticked(outcome),
  );
  readonly #breaks = new Breaks({
    questions: () => this.lab.questions,
    state: () => this.#state,
    environment: () => this.environment.reader(),
    epoch: () => this.#epoch,
    broken: (question) => this.#broken(question),
  });
  /** Attempts under way, so that one that is sent again while it is judged is judged once. */
  readonly #judging = new Once<Outcome>();
  readonly #drawing = new Once<readonly string[] | null>();
  readonly #changing = new Once<void>();
  /** Grows with every reset: what was looked at before it says nothing about the environment after it. */
  #epoch = 0;
  #state: RunState;
  /** Hash of the lab as it stands in its folder now, or null. */
  readonly #currentLab: () => string | null;
  #labEdited: boolean;

  constructor(
    state: RunState,
    lab: ExpandedLab,
    journal: Journal<RecordBody>,
    site: () => Promise<Site>,
    events: RunEvents,
    currentLab: () => string | null,
  ) {
    this.#currentLab = currentLab;
    this.#labEdited = currentLab() !== lab.hash;
    this.#state = state;
    this.lab = lab;
    this.#journal = journal;
    this.#events = events;
    const recorded = { nodes: state.nodes, complete: state.environment === 'running' };
    this.environment = new RunEnvironment(state.created.run, lab, recorded, site, {
      changed: () => events.changed(this),
      adopted: async (nodes, endpoint) => {
        await this.record({ type: 'adopted', endpoint, nodes: { ...nodes } });
      },
      started: async (seconds) => {
        await this.record({ type: 'started', seconds });
        await events.renewed(this);
      },
      failed: async (error) => {
        await this.record({ type: 'failed', code: error.code, message: error.message });
      },
      revived: (node) => events.revived(this, node),
      live: (environment) => this.#follow(environment),
    });
  }

  get #place(): JudgedIn {
    return { lab: this.lab.id, seed: this.#state.created.seed, reader: () => this.environment.reader() };
  }

  get id(): string {
    return this.#state.created.run;
  }

  get state(): RunState {
    return this.#state;
  }

  get view(): RunView {
    return viewRun(this.#state, this.lab, {
      environment: this.environment.view,
      stopped: this.environment.stopped,
      missingImages: this.#images.missing,
      labEdited: this.#labEdited,
      holds: this.#ticks.holds,
    });
  }

  get summary(): RunSummary {
    return summarizeRun(this.#state, this.lab, this.environment.view.state);
  }

  /** True while it has an environment that somebody works in. */
  get inWork(): boolean {
    return this.#state.environment !== 'destroyed' && this.#state.finishedAt === null;
  }

  /** Resolves when it is on the disk and part of the state. */
  async record(body: RecordBody): Promise<void> {
    const written = await this.#journal.append(body);
    this.#state = step(this.#state, written);
    this.#events.changed(this);
  }

  question(id: string): ExpandedQuestion {
    const found = this.lab.questions.find((question) => question.id === id);
    if (found) return found;
    throw new LabError('not-found', `The lab ${this.lab.id} has no question ${id}.`, {
      hint: `It has: ${this.lab.questions.map((question) => question.id).join(', ')}.`,
    });
  }

  /** The question that is now in front of the learner: its fault is made, its options are drawn, what nothing wakes is asked. */
  async open(id: string): Promise<void> {
    const question = this.question(id);
    if (this.#state.current !== id) await this.record({ type: 'opened', question: id });
    if (this.environment.live && this.#breaks.isDue(question)) await this.#breaks.ensure(question);
    this.#ticks.open(id);
    if (question.kind === 'choice' && !recordOf(this.#state, id).options && this.environment.live)
      await this.#draw(question);
  }

  /** Makes what the question is about break, where that has not happened yet: it is in the environment when this resolves. */
  prepare(id: string): Promise<void> {
    return this.#breaks.ensure(this.question(id));
  }

  /** Whether nobody has opened the question, and its fault is not there: nothing about it can hold or fail. */
  isUnopened(id: string): boolean {
    return this.#breaks.isPending(this.question(id));
  }

  /** Judges what was given (null: a task's checks). The same attempt again gives the same outcome and counts once. */
  judge(id: string, given: readonly string[] | null, attempt: string): Promise<Outcome> {
    this.#mustNotBeSitting('judged');
    const key = `${attempt} ${id}`;
    const known = this.#state.outcomes[key];
    if (known) return Promise.resolve(known);
    const question = this.question(id);
    return this.#judging.do(key, () => this.#judge(question, given, attempt));
  }

  /** Takes an answer in an exam, with its judgement sealed. The same attempt again counts once. */
  hand(id: string, given: readonly string[] | null, attempt: string, seal: SealOutcome): Promise<void> {
    const asked = this.question(id);
    return this.#once(attempt, async () => {
      this.#mustBeOpen();
      const box = await sealedJudgement(this, asked, given, seal);
      await this.record({ type: 'handed', attempt, question: id, given: given === null ? null : [...given], box });
    });
  }

  /** As things are now, written down nowhere: what a proof asks, and an exam. */
  look(id: string, given: readonly string[] | null): Promise<Outcome> {
    return this.#outcome(this.question(id), given);
  }

  /** Tells, when the lab was edited since the run began. The run keeps what it began with. */
  compareLab(): void {
    const edited = this.#currentLab() !== this.lab.hash;
    if (edited === this.#labEdited) return;
    this.#labEdited = edited;
    this.#events.changed(this);
  }

  /** One more hint, where there is one. */
  hint(id: string, attempt: string): Promise<void> {
    this.#mustNotBeSitting('helped');
    const { hints } = this.question(id);
    return this.#once(attempt, async () => {
      if (recordOf(this.#state, id).hints < hints.length) await this.record({ type: 'hinted', question: id, attempt });
    });
  }

  /** Shows the solution, and with it what it is about in this run. */
  async showSolution(id: string): Promise<void> {
    this.#mustNotBeSitting('helped');
    const question = this.question(id);
    const passed = recordOf(this.#state, id).state === 'pass';
    const seen = !passed && this.environment.live ? await truthNow(this.environment.reader(), question) : undefined;
    await this.record({ type: 'shown', question: id, ...(seen && { seen }) });
  }

  /** A fresh environment in which every question is open. */
  async reset(attempt: string = randomUUID()): Promise<void> {
    await this.#once(attempt, async () => {
      this.#mustBeOpen();
      this.#mustNotBeSitting('reset');
      this.#epoch++;
      this.#ticks.clear();
      await this.record({ type: 'reset', attempt });
      await this.environment.reset();
    });
    // Asked again by the engine's next life: the environment is made anew as its journal says.
    await this.environment.settled();
  }

  /** What a lost connection asks again is done once, also after a restart of the engine. */
  #once(attempt: string, work: () => Promise<void>): Promise<void> {
    return this.#changing.do(attempt, async () => {
      if (!Object.hasOwn(this.#state.done, attempt)) await work();
    });
  }

  /** Starts what stopped. */
  async mend(): Promise<void> {
    if (this.#state.environment === 'destroyed') this.#mustBeOpen();
    await this.environment.mend();
  }

  async close(): Promise<void> {
    this.environment.close();
    await this.environment.settled();
    // A start that was under way has made another one live.
    this.environment.close();
    await this.#journal.close();
  }

  async #judge(question: ExpandedQuestion, given: readonly string[] | null, attempt: string): Promise<Outcome> {
    this.#mustBeOpen();
    const epoch = this.#epoch;
    const seen = await this.#outcome(question, given);
    // What was asked while the nodes came to a stop says nothing about the learner's work.
    const outcome =
      seen.verdict === 'fail' && this.environment.view.state === 'paused' ? errored(question, isPaused(this.id)) : seen;
    if (epoch !== this.#epoch) throw resetMeanwhile(question.id);
    await this.record({ type: 'judged', attempt, given: given === null ? null : [...given], outcome });
    this.#ticks.see(outcome);
    if (outcome.verdict === 'pass') this.#breaks.passed();
    return outcome;
  }

  async #outcome(question: ExpandedQuestion, given: readonly string[] | null): Promise<Outcome> {
    try {
      await this.#breaks.ensure(question);
    } catch (thrown) {
      return errored(question, thrown);
    }
    const { options } = recordOf(this.#state, question.id);
    const shown = options ?? (question.kind === 'choice' && this.environment.live ? await this.#draw(question) : null);
    const judged = await judge(question, given, shown ?? [], this.#place);
    if (judged.options) await this.record({ type: 'drawn', question: question.id, options: [...judged.options] });
    return judged.outcome;
  }

  /** Two windows that open a choice at once see the same options. */
  #draw(question: ExpandedQuestion): Promise<readonly string[] | null> {
    return this.#drawing.do(question.id, () => this.#drawNow(question));
  }

  async #drawNow(question: ExpandedQuestion): Promise<readonly string[] | null> {
    const epoch = this.#epoch;
    const options = await drawFor(question, this.#place);
    if (epoch !== this.#epoch) throw resetMeanwhile(question.id);
    if (options) await this.record({ type: 'drawn', question: question.id, options: [...options] });
    return options;
  }

  #follow(environment: LiveEnvironment | null): void {
    this.#images.follow(environment);
    // In an exam nothing is judged before its end.
    this.#ticks.follow(isSitting(this.#state) ? null : environment);
    this.#ticks.open(this.#state.current);
  }

  /** Before its fault is there a task would pass by itself. */
  #watched(): ExpandedTask[] {
    return this.lab.questions.filter((each) => each.kind === 'task').filter((task) => !this.#breaks.isPending(task));
  }

  async #broken(question: string): Promise<void> {
    await this.record({ type: 'broken', question });
    this.#ticks.again();
  }

  /** Told when a task's checks came out differently than before, with no button pressed. Only a new tick is written down. */
  async #ticked(outcome: Outcome): Promise<void> {
    this.#ticks.see(outcome);
    const before = recordOf(this.#state, outcome.question).checks;
    const fresh = outcome.checks.some((check) => check.verdict === 'pass' && before[check.id]?.verdict !== 'pass');
    if (!fresh || !this.inWork) return this.#events.changed(this);
    await this.record({ type: 'judged', attempt: null, given: null, outcome }).catch(() => this.#events.changed(this));
    if (outcome.verdict === 'pass') this.#breaks.passed();
  }

  #mustNotBeSitting(what: string): void {
    if (!isSitting(this.#state)) return;
    throw new LabError(
      'conflict',
      `The run ${this.id} belongs to an exam, and nothing in it is ${what} before its end.`,
      { hint: `\`patchbay end ${this.#state.created.exam?.id ?? 'EXAM'}\` ends it.` },
    );
  }

  #mustBeOpen(): void {
    if (this.#state.finishedAt === null) return;
    throw new LabError('conflict', `The run ${this.id} is finished.`, {
      hint: `Start the lab again: \`patchbay run ${this.lab.id}\`.`,
    });
  }
}
