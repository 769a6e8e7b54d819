import { runs } from '../../electron/contract/calls.ts';
import { LabError } from '../../electron/contract/error.ts';
import type { QuestionView, RunView } from '../../electron/contract/models/run.ts';
import { runChanged, runRemoved } from '../../electron/contract/pushes.ts';
import { newAttempt } from '../connection/attempt.ts';
import type { Session } from '../connection/session.svelte.ts';
import { newsOf } from './news.ts';

/** What the page is waiting for; one thing at a time. */
export type Busy = 'check' | 'hint' | 'solution' | 'reset' | 'mend' | 'pause' | 'resume' | 'finish';

interface Tell {
  news: (sentences: string[]) => void;
  failure: (thrown: unknown) => void;
}

/** One run as the page sees it: kept fresh by pushes, read anew after a lost connection. */
export class RunState {
  readonly id: string;
  readonly #session: Session;
  readonly #tell: Tell;
  readonly #ends: (() => void)[];
  view = $state.raw<RunView | null>(null);
  /** Why there is nothing to show; for instance an unknown run. */
  error = $state.raw<LabError | null>(null);
  removed = $state(false);
  /** When `view` arrived, in milliseconds: `elapsed` and running steps count on from there. */
  at = $state(Date.now());
  current = $state('');
  busy = $state<Busy | null>(null);
  /** Answers that were typed and not handed in, by question. */
  readonly drafts = $state<Record<string, string[]>>({});
  readonly question = $derived(this.view?.questions.find((it) => it.id === this.current) ?? this.view?.questions[0]);

  constructor(session: Session, id: string, tell: Tell) {
    this.id = id;
    this.#session = session;
    this.#tell = tell;
    this.#ends = [
      session.on(runChanged, (view) => view.id === id && this.#take(view)),
      session.on(runRemoved, ({ run }) => {
        if (run === id) this.removed = true;
      }),
      session.onConnected(() => void this.#read()),
    ];
  }

  end(): void {
    for (const end of this.#ends) end();
  }

  /** Puts a question in front; the engine draws its options and asks its checks from now on. */
  async select(question: string): Promise<void> {
    this.current = question;
    if (this.view?.environment.state !== 'running') return;
    await this.#update(() => this.#session.call(runs.open, { run: this.id, question }));
  }

  /** Moves by one question, and not past the ends. */
  move(by: 1 | -1): void {
    const list = this.view?.questions ?? [];
    const to = list[list.findIndex((it) => it.id === this.question?.id) + by];
    if (to) void this.select(to.id);
  }

  /** Hands the question in: grades a task, sends an answer or a choice, marks an info as read. */
  async check(): Promise<void> {
    const question = this.question;
    if (!question || !this.view || this.view.finishedAt) return;
    await this.#during('check', async () => {
      const common = { run: this.id, question: question.id, attempt: newAttempt() };
      if (question.kind === 'task') await this.#session.call(runs.check, common);
      else await this.#session.call(runs.answer, { ...common, value: this.#valueOf(question) });
      // The push may come a moment later than the outcome; the page must not show the old state meanwhile.
      await this.#read();
    });
  }

  hint = (): Promise<void> => {
    const attempt = newAttempt();
    return this.#ofQuestion('hint', (wanted) => this.#session.call(runs.hint, { ...wanted, attempt }));
  };
  solution = (): Promise<void> => this.#ofQuestion('solution', (wanted) => this.#session.call(runs.solution, wanted));
  reset = (): Promise<void> => {
    const wanted = { run: this.id, attempt: newAttempt() };
    return this.#during('reset', () => this.#update(() => this.#session.call(runs.reset, wanted)));
  };
  mend = (): Promise<void> =>
    this.#during('mend', () => this.#update(() => this.#session.call(runs.mend, { run: this.id })));
  pause = (): Promise<void> =>
    this.#during('pause', () => this.#update(() => this.#session.call(runs.pause, { run: this.id })));
  resume = (): Promise<void> =>
    this.#during('resume', () => this.#update(() => this.#session.call(runs.resume, { run: this.id })));
  finish = (): Promise<void> =>
    this.#during('finish', () => this.#update(() => this.#session.call(runs.finish, { run: this.id })));

  async flag(): Promise<void> {
    const question = this.question;
    if (!question) return;
    const wanted = { run: this.id, question: question.id, flagged: !question.flagged };
    await this.#update(() => this.#session.call(runs.flag, wanted));
  }

  /** What stands in the field or is ticked: the draft, or what was handed in last. */
  draftOf(question: QuestionView): string[] {
    const draft = this.drafts[question.id];
    if (draft) return draft;
    if (question.kind === 'answer') return question.given === null ? [] : [question.given];
    return question.kind === 'choice' ? (question.given ?? []) : [];
  }

  #valueOf(question: QuestionView): string | string[] {
    const draft = this.draftOf(question);
    return question.kind === 'answer' ? (draft[0] ?? '') : draft;
  }

  async #ofQuestion(busy: Busy, ask: (of: { run: string; question: string }) => Promise<RunView>): Promise<void> {
    const question = this.question;
    if (!question) return;
    const wanted = { run: this.id, question: question.id };
    await this.#during(busy, () => this.#update(() => ask(wanted)));
  }

  async #during(busy: Busy, work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = busy;
    try {
      await work();
    } catch (thrown) {
      this.#tell.failure(thrown);
    } finally {
      this.busy = null;
    }
  }

  async #update(ask: () => Promise<RunView>): Promise<void> {
    try {
      this.#take(await ask());
    } catch (thrown) {
      this.#tell.failure(thrown);
    }
  }

  async #read(): Promise<void> {
    try {
      const view = await this.#session.call(runs.get, { run: this.id });
      const first = this.view === null;
      this.#take(view);
      this.error = null;
      if (first && view.environment.state === 'running') await this.select(this.current);
    } catch (thrown) {
      this.error = LabError.from(thrown);
    }
  }

  #take(view: RunView): void {
    const before = this.view;
    const wasReset = before?.questions.some((it) => it.attempts > 0) && view.questions.every((it) => it.attempts === 0);
    if (wasReset) for (const id of Object.keys(this.drafts)) delete this.drafts[id];
    this.view = view;
    this.at = Date.now();
    if (this.current === '') this.current = view.current;
    if (before) this.#tell.news(newsOf(before, view));
    const nowRuns = before && before.environment.state !== 'running' && view.environment.state === 'running';
    if (nowRuns) void this.select(this.current);
  }
}
