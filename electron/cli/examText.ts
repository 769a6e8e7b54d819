import type { ExamQuestion, ExamView } from '../contract/models/exam.ts';
import type { RunView } from '../contract/models/run.ts';
import type { Output } from './output.ts';

export const clockText = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** The list of questions and the clock; `run` is the environment in use. */
export function printExam(view: ExamView, run: RunView | null, output: Output): void {
  output.line(
    `${output.style('bold', view.title)}  exam ${output.style('bold', view.id)}  seed ${view.seed}  ${clockText(view.leftMs)} left`,
  );
  output.line(`pass mark ${view.pass} %, ${view.phase}`);
  output.line();
  output.table(
    view.questions.map((it) => [
      `${it.number}.`,
      it.answered ? 'answered' : 'open',
      it.flagged ? 'flagged' : '',
      `${Math.round(it.points * 10) / 10} %`,
      it.title,
    ]),
  );
  output.line();
  output.table([
    [`  patchbay exams ${view.id} NUMBER`, 'a question, and its terminals'],
    [`  patchbay hand ${view.id} NUMBER VALUE`, 'hand in an answer'],
    [`  patchbay shell ${run?.id ?? 'RUN'} ${run?.nodes[0]?.name ?? 'NODE'}`, 'a terminal on a node'],
    [`  patchbay end ${view.id}`, 'end it and see what came of it'],
  ]);
}

export function printExamQuestion(asked: ExamQuestion, run: RunView, output: Output): void {
  const question = run.questions.find((it) => it.id === asked.id);
  if (!question) return;
  output.line(
    `${asked.number}. ${output.style('bold', question.title)}  ${question.kind}, ${Math.round(asked.points * 10) / 10} %`,
  );
  for (const line of question.text.trimEnd().split('\n')) output.line(`   ${line}`);
  if (question.kind === 'choice') for (const option of question.options) output.line(`     - ${option.text}`);
  output.line();
  for (const { name } of run.nodes) output.line(`   patchbay shell ${run.id} ${name}`);
}
