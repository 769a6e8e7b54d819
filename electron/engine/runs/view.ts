import type { Drawing } from '../../contract/models/drawing.ts';
import type { Attempt } from '../../contract/models/lab.ts';
import type {
  CheckView,
  EnvironmentView,
  MissingImage,
  NodeView,
  QuestionView,
  RunSummary,
  RunView,
} from '../../contract/models/run.ts';
import { drawRun } from '../catalog/drawing/drawLab.ts';
import type { ExpandedLab, ExpandedQuestion, ExpandedTask } from '../catalog/expanded.ts';
import type { AnswerType } from '../catalog/schema.ts';
import { containerName } from '../environments/nodeProcess.ts';
import { canPause } from '../environments/providers.ts';
import { isSitting, LONGEST_THOUGHT, type QuestionRecord, type RunState, question as recordOf } from './state.ts';

/** What is true now and in no journal: the environment, and whether each check holds at present. */
export interface Present {
  readonly environment: EnvironmentView;
  readonly stopped: readonly string[];
  readonly missingImages?: readonly MissingImage[];
  readonly labEdited?: boolean;
  /** `question/check` to whether it holds now. */
  readonly holds: ReadonlyMap<string, boolean>;
}

const drawings = new WeakMap<ExpandedLab, Drawing>();

/** It follows from the lab and the run's purpose alone, and a run is viewed with every tick. An exam has no addresses in it. */
const drawn = (lab: ExpandedLab, { created }: RunState): Drawing => {
  const drawing = drawings.get(lab) ?? drawRun(lab, created.purpose !== 'exam');
  drawings.set(lab, drawing);
  return drawing;
};

/** The run as a page shows it. No truth is in it: only what the learner gave, and what was said to it. */
export const viewRun = (state: RunState, lab: ExpandedLab, present: Present): RunView => {
  const hidden = isSitting(state);
  const questions = lab.questions.map((question, index) => {
    const view = viewQuestion(question, index + 1, state, present);
    return hidden ? withoutHelp(view) : view;
  });
  return {
    id: state.created.run,
    lab: { id: lab.id, title: lab.title, minutes: lab.minutes, edited: present.labEdited ?? false },
    seed: state.created.seed,
    mode: state.created.purpose === 'exam' ? 'exam' : 'practice',
    exam: state.created.exam?.id ?? null,
    startedAt: state.created.at,
    finishedAt: state.finishedAt,
    elapsed: elapsedSeconds(state),
    environment: present.environment,
    canPause: canPause(lab.environment),
    missingImages: [...(present.missingImages ?? [])],
    nodes: lab.environment.nodes.map((node) =>
      viewNode(state, { name: node.name, kind: 'role' in node ? node.role : node.kind }, present),
    ),
    drawing: drawn(lab, state),
    questions,
    current: state.current ?? lab.questions[0]?.id ?? '',
    score: scoreOf(state, lab),
  };
};

/** While an exam goes on nothing is shown that helps or judges. */
const withoutHelp = (view: QuestionView): QuestionView => {
  const bare = { hints: { shown: [], total: 0 }, solution: null, hasSolution: false, seen: [] };
  return view.kind === 'task' ? { ...view, ...bare, checks: [] } : { ...view, ...bare };
};

export const summarizeRun = (
  state: RunState,
  lab: ExpandedLab | null,
  environment: EnvironmentView['state'],
): RunSummary => ({
  id: state.created.run,
  lab: state.created.lab,
  title: state.created.labTitle,
  seed: state.created.seed,
  startedAt: state.created.at,
  finishedAt: state.finishedAt,
  environment,
  score: lab ? scoreOf(state, lab) : { earned: 0, max: 0 },
  questions: (lab?.questions ?? []).map(({ id, kind }) => ({ id, kind, state: recordOf(state, id).state })),
});

export const attemptOf = (run: RunSummary): Attempt => ({
  run: run.id,
  startedAt: run.startedAt,
  state: run.finishedAt === null ? 'open' : 'finished',
  earned: run.score.earned,
  max: run.score.max,
});

export const scoreOf = (state: RunState, lab: ExpandedLab) => ({
  earned: lab.questions.reduce((sum, { id }) => sum + recordOf(state, id).earned, 0),
  max: lab.questions.reduce((sum, { weight }) => sum + weight, 0),
});

const elapsedSeconds = (state: RunState): number => {
  const since = state.finishedAt ? 0 : Date.now() - Date.parse(state.lastAt);
  return Math.round((state.worked + Math.min(Math.max(since, 0), LONGEST_THOUGHT)) / 1000);
};

const viewNode = (state: RunState, node: { name: string; kind: NodeView['kind'] }, present: Present): NodeView => ({
  name: node.name,
  kind: node.kind,
  container: containerName(state.created.run, node.name),
  state:
    present.environment.state === 'starting'
      ? 'starting'
      : present.stopped.includes(node.name) || !state.nodes[node.name]
        ? 'stopped'
        : 'running',
});

const viewQuestion = (question: ExpandedQuestion, number: number, state: RunState, present: Present): QuestionView => {
  const record = recordOf(state, question.id);
  const common = {
    id: question.id,
    number,
    title: question.title,
    text: question.text,
    weight: question.weight,
    earned: record.earned,
    state: record.state,
    flagged: record.flagged,
    attempts: record.attempts,
    lastAt: record.lastAt,
    message: record.message,
    hints: { shown: question.hints.slice(0, record.hints), total: question.hints.length },
    solution: record.solutionShown ? { steps: stepsOf(question), explanation: question.solution ?? '' } : null,
    hasSolution: question.kind === 'answer' || question.kind === 'task' || question.solution !== null,
    seen: [...record.seen],
    nodes: [...question.nodes],
  };
  switch (question.kind) {
    case 'answer':
      return {
        kind: 'answer',
        ...common,
        type: question.type,
        label: labels[question.type],
        given: record.given?.[0] ?? null,
      };
    case 'choice': {
      const mono = question.options.from === 'live';
      const options = (record.options ?? []).map((text) => ({ text, mono }));
      return {
        kind: 'choice',
        ...common,
        options,
        many: question.many,
        given: record.given ? [...record.given] : null,
      };
    }
    case 'task':
      return { kind: 'task', ...common, checks: viewChecks(question, record, present) };
    case 'info':
      return { kind: 'info', ...common };
  }
};

const viewChecks = (task: ExpandedTask, record: QuestionRecord, present: Present): CheckView[] =>
  task.checks.map((check) => {
    const last = record.checks[check.id];
    return {
      id: check.id,
      text: check.text,
      node: check.look.node,
      weight: check.weight,
      state: last?.verdict ?? 'waiting',
      holds: present.holds.get(`${task.id}/${check.id}`) ?? null,
      message: last?.message ?? null,
    };
  });

export const stepsOf = (question: ExpandedQuestion) =>
  question.kind === 'task'
    ? question.solve.map(({ node, run }) => ({ node, run }))
    : question.kind === 'answer'
      ? [{ node: question.solve.node, run: question.solve.run }]
      : [];

/** What the field asks for, so that nobody fails for the form of an answer. */
const labels: Record<AnswerType, string> = {
  text: 'Your answer',
  mac: 'MAC address',
  ip: 'IP address',
  cidr: 'Network in CIDR form',
  port: 'Port number',
  count: 'Number',
  path: 'Path',
  name: 'Name',
  interface: 'Interface name',
};
