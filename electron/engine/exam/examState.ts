import type { ExamReport } from '../../contract/models/exam.ts';
import type { ClockTimes } from './clock.ts';
import type { ExamRecord } from './examRecord.ts';

type Created = Extract<ExamRecord, { type: 'created' }>;

/** A stretch of the exam in which one question stood open, by its run and id. Times are milliseconds since 1970. */
export interface Visit {
  readonly section: number;
  readonly question: string;
  readonly from: number;
}

/** Everything that is known of an exam, from its journal alone. */
export interface ExamState {
  readonly created: Created;
  /** By section; null for one whose environment is not begun. */
  readonly runs: readonly (string | null)[];
  readonly beganAt: number | null;
  readonly credits: readonly { readonly seconds: number; readonly reason: string; readonly at: string }[];
  readonly visits: readonly Visit[];
  readonly ended: { readonly by: 'learner' | 'time'; readonly at: number } | null;
  /** Null until every question has its verdict. */
  readonly report: ExamReport | null;
}

/** Null for a journal without its first record: an exam that never began. */
export const foldExam = (records: readonly ExamRecord[]): ExamState | null => {
  const [first, ...rest] = records;
  if (first?.type !== 'created') return null;
  return rest.reduce(stepExam, {
    created: first,
    runs: first.sections.map(() => null),
    beganAt: null,
    credits: [],
    visits: [],
    ended: null,
    report: null,
  });
};

export const stepExam = (state: ExamState, record: ExamRecord): ExamState => {
  const at = Date.parse(record.at);
  switch (record.type) {
    case 'created':
      return state;
    case 'section':
      return { ...state, runs: state.runs.map((run, index) => (index === record.section ? record.run : run)) };
    case 'began':
      return { ...state, beganAt: state.beganAt ?? at };
    case 'turned':
      return { ...state, visits: [...state.visits, { section: record.section, question: record.question, from: at }] };
    case 'credited':
      return {
        ...state,
        credits: [...state.credits, { seconds: record.seconds, reason: record.reason, at: record.at }],
      };
    case 'ended':
      return { ...state, ended: state.ended ?? { by: record.by, at } };
    case 'graded':
      return { ...state, report: record.report };
  }
};

export const clockTimes = ({ created, beganAt, credits }: ExamState): ClockTimes => ({
  beganAt,
  length: created.minutes * 60_000,
  credited: credits.reduce((sum, { seconds }) => sum + seconds * 1000, 0),
});

/** Seconds that each question stood open, by `section/question`. */
export const timeSpent = ({ visits, ended }: ExamState, now: number): ReadonlyMap<string, number> => {
  const spent = new Map<string, number>();
  for (const [index, { section, question, from }] of visits.entries()) {
    const until = visits[index + 1]?.from ?? ended?.at ?? now;
    const key = `${section}/${question}`;
    spent.set(key, (spent.get(key) ?? 0) + Math.max(until - from, 0) / 1000);
  }
  return spent;
};
