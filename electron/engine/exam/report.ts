import type { ExamReport, ReportQuestion } from '../../contract/models/exam.ts';
import type { ExpandedLab, ExpandedQuestion } from '../catalog/expanded.ts';
import { type RunState, question as recordOf } from '../runs/state.ts';
import { stepsOf } from '../runs/view.ts';
import { type ExamState, timeSpent } from './examState.ts';

/** A section's run as the report reads it; null where its environment was never begun. */
export interface GradedRun {
  readonly lab: ExpandedLab;
  readonly state: RunState;
}

/** What came of an exam that is over. Points are per cent of the whole; what could not be graded is left out of the maximum. */
export const reportOf = (state: ExamState, runs: readonly (GradedRun | null)[]): ExamReport => {
  const { created, ended, beganAt } = state;
  const endedAt = ended?.at ?? Date.parse(created.at);
  const questions = questionsOf(state, runs, endedAt);
  const counted = questions.filter(({ verdict }) => verdict !== 'not-graded');
  const earned = sumOf(counted, ({ earned }) => earned);
  const max = sumOf(counted, ({ points }) => points);
  const score = max === 0 ? 0 : tenths((100 * earned) / max);
  return {
    id: created.exam,
    source: created.source,
    title: created.title,
    seed: created.seed,
    startedAt: created.at,
    endedAt: new Date(endedAt).toISOString(),
    endedBy: ended?.by ?? 'learner',
    minutes: created.minutes,
    seconds: beganAt === null ? 0 : Math.round((endedAt - beganAt) / 1000),
    credits: [...state.credits],
    pass: created.pass,
    earned: tenths(earned),
    max: tenths(max),
    score,
    passed: score >= created.pass,
    topics: [...new Set(questions.map(({ topic }) => topic))].map((topic) => {
      const of = counted.filter((each) => each.topic === topic);
      return {
        topic,
        earned: tenths(sumOf(of, ({ earned }) => earned)),
        max: tenths(sumOf(of, ({ points }) => points)),
      };
    }),
    questions: questions.map((it) => ({ ...it, points: tenths(it.points), earned: tenths(it.earned) })),
  };
};

const questionsOf = (state: ExamState, runs: readonly (GradedRun | null)[], endedAt: number): ReportQuestion[] => {
  const spent = timeSpent(state, endedAt);
  let number = 0;
  return state.created.sections.flatMap((section, index) => {
    const run = runs[index];
    return section.questions.flatMap(({ id, points }): ReportQuestion[] => {
      // As they were numbered while it went on: what was only to be read has a number too.
      number += 1;
      const question = run?.lab.questions.find((each) => each.id === id);
      if (!run || !question || question.kind === 'info') return [];
      const seconds = Math.round(spent.get(`${index}/${id}`) ?? 0);
      const { topic, lab } = section;
      return [{ number, topic, lab, points, seconds, ...judgedRow(question, run.state, points) }];
    });
  });
};

const judgedRow = (question: ExpandedQuestion, state: RunState, points: number) => {
  const record = recordOf(state, question.id);
  const verdicts = {
    open: 'not-answered',
    answered: 'not-graded',
    pass: 'pass',
    fail: 'fail',
    error: 'not-graded',
  } as const;
  return {
    id: question.id,
    kind: question.kind,
    title: question.title,
    text: question.text,
    verdict: verdicts[record.state],
    earned: question.weight === 0 ? 0 : (points * record.earned) / question.weight,
    given: record.given ? [...record.given] : null,
    givenAt: record.given ? record.lastAt : null,
    message: record.message,
    checks:
      question.kind === 'task'
        ? question.checks.flatMap(({ id, text }) => {
            const check = record.checks[id];
            return check ? [{ ...check, text }] : [];
          })
        : [],
    seen: [...record.seen],
    explanation: question.solution,
    solution: stepsOf(question),
    flagged: record.flagged,
  };
};

const sumOf = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

const tenths = (value: number): number => Math.round(value * 10) / 10;
