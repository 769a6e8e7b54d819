import type { ExpandedCheck, ExpandedLook, ExpandedQuestion, Source } from './expanded.ts';
import { expectationOf } from './expectation.ts';
import type { AnswerQuestion, Check, ChoiceQuestion, Question, TaskQuestion } from './schema.ts';

/** A question as runs and grading work with it. Templates are already replaced. */
export const expandQuestion = (question: Question): ExpandedQuestion => {
  switch (question.kind) {
    case 'answer':
      return answer(question);
    case 'choice':
      return choice(question);
    case 'task':
      return task(question);
    case 'info': {
      const { id, title, text, after, break: broken } = question;
      return { kind: 'info', id, title, text, after, break: broken, weight: 0, hints: [], solution: null, nodes: [] };
    }
  }
};

type Graded = AnswerQuestion | ChoiceQuestion | TaskQuestion;

const every = (
  { id, title, text, after, break: broken, weight, hints, solution }: Graded,
  nodes: readonly string[],
) => ({
  id,
  title,
  text,
  after,
  break: broken,
  weight,
  hints,
  solution: solution ?? null,
  nodes: [...new Set(nodes)].filter((node) => node !== '*'),
});

const answer = (question: AnswerQuestion): ExpandedQuestion => ({
  kind: 'answer',
  ...every(question, [question.answer.node ?? question.solve.node]),
  type: question.answer.type,
  truth: sourceOf({ ...question.answer, value: question.answer.equals }),
  nearMisses: question['near-misses'].map((miss) => ({ ...sourceOf(miss), because: miss.because })),
  solve: question.solve,
});

const choice = (question: ChoiceQuestion): ExpandedQuestion => {
  const { choose, options = [], many } = question;
  return {
    kind: 'choice',
    ...every(question, choose ? [choose.truth.node] : []),
    many,
    options: choose
      ? {
          from: 'live',
          truth: lookOf(choose.truth),
          others: [choose.from].flat().map(lookOf),
          count: choose.count,
        }
      : { from: 'prose', list: options },
  };
};

const task = (question: TaskQuestion): ExpandedQuestion => ({
  kind: 'task',
  ...every(
    question,
    question.checks.map((check) => check.node),
  ),
  checks: question.checks.map(checkOf),
  solve: question.solve,
  alsoSolvedBy: question['also-solved-by'],
  nearMisses: question['near-misses'].map(({ 'instead-of': insteadOf, node, run, fails, because }) => ({
    insteadOf,
    step: { node, run },
    fails,
    because,
  })),
  undo: question.undo,
});

const checkOf = (check: Check): ExpandedCheck => ({
  id: check.id,
  text: check.text,
  weight: check.weight,
  needs: check.needs,
  look: lookOf(check),
  expect: expectationOf(check),
  deadline: check.deadline ?? null,
  otherwise: check.else,
});

type Looked = Omit<ExpandedLook, 'field'> & { field?: string | undefined };

const lookOf = ({ probe, with: params, node, field }: Looked): ExpandedLook => ({
  probe,
  with: params,
  node,
  field: field ?? null,
});

type Sourced = Partial<Looked> & { value?: string | number | boolean | undefined };

/** The loader has seen to it that there is either a value, or a probe and a node. */
const sourceOf = ({ value, probe = '', node = '', with: params = {}, field }: Sourced): Source =>
  value === undefined
    ? { from: 'look', look: lookOf({ probe, node, with: params, field }) }
    : { from: 'value', value: String(value) };
