import type { ExamPhase, ExamQuestion, ExamSummary, ExamView } from '../../contract/models/exam.ts';
import type { Run } from '../runs/run.ts';
import { question as recordOf } from '../runs/state.ts';
import type { ExamClock } from './clock.ts';
import { clockTimes, type ExamState } from './examState.ts';

/** The exam as a page shows it. No verdict is in it and none in its runs, before the end. */
export const viewExam = (state: ExamState, clock: ExamClock, runs: readonly (Run | null)[]): ExamView => {
  const current = state.visits.at(-1);
  return {
    id: state.created.exam,
    source: state.created.source,
    title: state.created.title,
    seed: state.created.seed,
    phase: phaseOf(state),
    pass: state.created.pass,
    minutes: state.created.minutes,
    leftMs: leftMs(state, clock),
    credits: [...state.credits],
    sections: state.created.sections.map(({ topic, lab }, index) => ({
      topic,
      lab,
      run: runs[index]?.id ?? null,
      environment: runs[index]?.environment.view ?? null,
    })),
    questions: questionsOf(state, runs),
    current: current ? { section: current.section, question: current.question } : null,
  };
};

export const summarizeExam = (state: ExamState, clock: ExamClock): ExamSummary => ({
  id: state.created.exam,
  source: state.created.source,
  title: state.created.title,
  seed: state.created.seed,
  phase: phaseOf(state),
  startedAt: state.created.at,
  endedAt: state.ended ? new Date(state.ended.at).toISOString() : null,
  leftMs: leftMs(state, clock),
  pass: state.created.pass,
  score: state.report?.score ?? null,
});

const phaseOf = ({ beganAt, ended, report }: ExamState): ExamPhase =>
  report ? 'over' : ended ? 'grading' : beganAt === null ? 'preparing' : 'sitting';

const leftMs = (state: ExamState, clock: ExamClock): number => (state.ended ? 0 : clock.left(clockTimes(state)));

const questionsOf = (state: ExamState, runs: readonly (Run | null)[]): ExamQuestion[] =>
  state.created.sections
    .flatMap((section, index) =>
      section.questions.map(({ id, points }) => {
        const run = runs[index] ?? null;
        const asked = run?.lab.questions.find((each) => each.id === id);
        const record = run && recordOf(run.state, id);
        return {
          section: index,
          run: run?.id ?? null,
          id,
          kind: asked?.kind ?? 'info',
          title: asked?.title ?? section.topic,
          points,
          answered: record !== null && record.state !== 'open',
          flagged: record?.flagged ?? false,
        };
      }),
    )
    .map((each, index) => ({ number: index + 1, ...each }));
