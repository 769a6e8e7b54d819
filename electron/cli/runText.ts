import type { QuestionView, RunView } from '../contract/models/run.ts';
import { printMissingImages } from './missingImages.ts';
import { printSeen } from './outcomeText.ts';
import type { Output } from './output.ts';

/** What `run --json` and `reset --json` print; scripts lean on it. */
export const runJson = (view: RunView) => ({
  run: view.id,
  lab: view.lab.id,
  seed: view.seed,
  nodes: Object.fromEntries(view.nodes.map(({ name, container }) => [name, { container }])),
  questions: view.questions.map(({ id, kind, title, text, weight }) => ({ id, kind, title, text, weight })),
});

export function printRun(view: RunView, output: Output): void {
  output.line(`${output.style('bold', view.lab.title)}  run ${output.style('bold', view.id)}  seed ${view.seed}`);
  output.line(`${view.nodes.length} nodes: ${view.nodes.map((it) => it.name).join(', ')}`);
  output.line(`${view.score.earned} of ${view.score.max} points, environment ${view.environment.state}`);
  if (view.lab.edited)
    output.line(
      `This lab was edited since the run began; \`patchbay run ${view.lab.id}\` starts one with the new version.`,
    );
  printMissingImages(view.missingImages, output);
  output.line();
  for (const question of view.questions) printQuestion(question, output);
}

export function printQuestion(question: QuestionView, output: Output): void {
  const points = question.weight === 1 ? '1 point' : `${question.weight} points`;
  output.line(
    `${question.number}. ${output.style('bold', question.id)}  ${question.kind}, ${points}, ${question.state}`,
  );
  for (const line of question.text.trimEnd().split('\n')) output.line(`   ${line}`);
  if (question.kind === 'choice') for (const option of question.options) output.line(`     - ${option.text}`);
  printSeen(question.seen, output);
  for (const hint of question.hints.shown) output.line(`   hint: ${hint}`);
}

export function printHowToGoOn(view: RunView, output: Output): void {
  const question = view.questions.find((it) => it.state !== 'pass') ?? view.questions[0];
  output.line();
  output.line('Go on with');
  output.table([
    [`  patchbay shell ${view.id} ${view.nodes[0]?.name ?? 'NODE'}`, 'a terminal on a node'],
    [`  patchbay answer ${view.id} ${question?.id ?? 'QUESTION'} VALUE`, 'answer a question'],
    [`  patchbay check ${view.id}`, 'grade everything'],
    [`  patchbay destroy ${view.id}`, 'remove it all'],
  ]);
}
