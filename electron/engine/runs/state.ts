import type { QuestionState } from '../../contract/models/run.ts';
import type { CheckOutcome, Outcome, SeenView } from '../../contract/models/verdict.ts';
import type { JournalRecord, TerminalRecord } from './journal/record.ts';

export interface QuestionRecord {
  readonly state: QuestionState;
  readonly attempts: number;
  readonly earned: number;
  readonly given: readonly string[] | null;
  readonly message: string | null;
  readonly lastAt: string | null;
  /** Latched: a check that held once keeps its tick until a reset. By check id. */
  readonly checks: Readonly<Record<string, CheckOutcome>>;
  readonly options: readonly string[] | null;
  readonly hints: number;
  readonly solutionShown: boolean;
  readonly flagged: boolean;
  /** What was read when it passed, or when its solution was shown. */
  readonly seen: readonly SeenView[];
  /** The sealed judgement of what was handed in last in an exam. */
  readonly box: string | null;
}

type Created = Extract<JournalRecord, { type: 'created' }>;

/** Everything that is known of a run, from its journal alone. */
export interface RunState {
  readonly created: Created;
  /** Node name to container id; empty when it has none. */
  readonly nodes: Readonly<Record<string, string>>;
  readonly environment: 'starting' | 'running' | 'failed' | 'destroyed';
  readonly questions: Readonly<Record<string, QuestionRecord>>;
  readonly current: string | null;
  /** Questions whose fault is in the environment. */
  readonly broken: Readonly<Record<string, true>>;
  readonly terminals: Readonly<Record<string, TerminalRecord>>;
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** Attempts whose hint or reset is done. */
  readonly done: Readonly<Record<string, true>>;
  readonly finishedAt: string | null;
  readonly lastAt: string;
  /** Milliseconds of work: long pauses count only up to their limit. */
  readonly worked: number;
}

export const untouched: QuestionRecord = {
  state: 'open',
  attempts: 0,
  earned: 0,
  given: null,
  message: null,
  lastAt: null,
  checks: {},
  options: null,
  hints: 0,
  solutionShown: false,
  flagged: false,
  seen: [],
  box: null,
};

/** State is the fold of the journal. Null for a journal without its first record: a run that never began. */
export const foldRun = (records: readonly JournalRecord[]): RunState | null => {
  const [first, ...rest] = records;
  if (first?.type !== 'created') return null;
  return rest.reduce(step, begin(first));
};

const begin = (created: Created): RunState => ({
  created,
  nodes: {},
  environment: 'starting',
  questions: {},
  current: null,
  broken: {},
  terminals: {},
  outcomes: {},
  done: {},
  finishedAt: null,
  lastAt: created.at,
  worked: 0,
});

/** A pause longer than this is no work: the app was closed or the learner away. Milliseconds. */
export const LONGEST_THOUGHT = 10 * 60_000;

export const step = (state: RunState, record: JournalRecord): RunState => {
  const pause = Math.max(Date.parse(record.at) - Date.parse(state.lastAt), 0);
  const done =
    'attempt' in record && record.type !== 'judged' && record.attempt ? { [record.attempt]: true as const } : {};
  return applied(
    {
      ...state,
      done: { ...state.done, ...done },
      lastAt: record.at,
      worked: state.worked + Math.min(pause, LONGEST_THOUGHT),
    },
    record,
  );
};

const applied = (state: RunState, record: JournalRecord): RunState => {
  switch (record.type) {
    case 'created':
      return state;
    case 'adopted':
      return { ...state, nodes: record.nodes };
    case 'started':
      return { ...state, environment: 'running' };
    case 'failed':
      return { ...state, environment: 'failed', nodes: {} };
    case 'opened':
      return { ...state, current: record.question };
    case 'broken':
      return { ...state, broken: { ...state.broken, [record.question]: true } };
    case 'drawn':
      return change(state, record.question, { options: record.options });
    case 'judged':
      return judged(state, record);
    case 'handed':
      return change(state, record.question, {
        state: 'answered',
        given: record.given,
        box: record.box,
        lastAt: record.at,
      });
    case 'hinted':
      return change(state, record.question, { hints: question(state, record.question).hints + 1 });
    case 'shown':
      return change(state, record.question, {
        solutionShown: true,
        seen: record.seen ?? question(state, record.question).seen,
      });
    case 'flagged':
      return change(state, record.question, { flagged: record.flagged });
    case 'terminal-opened':
      return { ...state, terminals: { ...state.terminals, [record.terminal.id]: record.terminal } };
    case 'terminal-renamed': {
      const terminal = state.terminals[record.id];
      return terminal
        ? { ...state, terminals: { ...state.terminals, [record.id]: { ...terminal, title: record.title } } }
        : state;
    }
    case 'terminal-closed': {
      const { [record.id]: _closed, ...terminals } = state.terminals;
      return { ...state, terminals };
    }
    case 'reset':
      return { ...state, environment: 'starting', nodes: {}, broken: {}, questions: keepFlags(state) };
    case 'finished':
      return { ...state, finishedAt: record.at };
    case 'destroyed':
      return {
        ...state,
        environment: 'destroyed',
        nodes: {},
        terminals: {},
        finishedAt: state.finishedAt ?? record.at,
      };
  }
};

/** Part of an exam that goes on: nothing is judged aloud. */
export const isSitting = ({ created, finishedAt }: RunState): boolean =>
  created.purpose === 'exam' && finishedAt === null;

export const question = (state: RunState, id: string): QuestionRecord => state.questions[id] ?? untouched;

const change = (state: RunState, id: string, by: Partial<QuestionRecord>): RunState => ({
  ...state,
  questions: { ...state.questions, [id]: { ...question(state, id), ...by } },
});

/** The attempt under which an exam's end judges. */
export const AT_THE_END = 'end';

const judged = (state: RunState, record: Extract<JournalRecord, { type: 'judged' }>): RunState => {
  const { outcome, attempt, given } = record;
  const before = question(state, outcome.question);
  const checks = { ...before.checks };
  for (const check of outcome.checks) if (before.checks[check.id]?.verdict !== 'pass') checks[check.id] = check;
  const next = change(state, outcome.question, {
    // In practice what was once earned stays; the present state stands beside it.
    state:
      before.state === 'pass'
        ? 'pass'
        : outcome.verdict === 'fail' && attempt === null
          ? before.state
          : outcome.verdict,
    earned: Math.max(before.earned, outcome.earned),
    attempts: before.attempts + (attempt !== null && outcome.verdict !== 'error' ? 1 : 0),
    given: given ?? before.given,
    message: outcome.message,
    // At an exam's end the verdict is new, not the answer.
    lastAt: attempt === null || attempt === AT_THE_END ? before.lastAt : record.at,
    checks,
    seen: outcome.verdict === 'pass' || attempt === AT_THE_END ? seenIn(outcome) : before.seen,
  });
  return attempt === null
    ? next
    : { ...next, outcomes: { ...next.outcomes, [`${attempt} ${outcome.question}`]: outcome } };
};

const seenIn = ({ seen = [], checks }: Outcome): SeenView[] => [
  ...seen,
  ...checks.flatMap((check) => check.seen ?? []),
];

/** A reset clears answers, ticks, hints and drawn options; a learner's flags are notes to himself and stay. */
const keepFlags = (state: RunState): RunState['questions'] =>
  Object.fromEntries(
    Object.entries(state.questions).map(([id, record]) => [id, { ...untouched, flagged: record.flagged }]),
  );
