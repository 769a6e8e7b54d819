import type { Outcome } from '../contract/models/verdict.ts';
import type { Output } from './output.ts';

const mark = { pass: ['green', '✓'], fail: ['red', '✗'], error: ['magenta', '◆'], waiting: ['dim', '·'] } as const;

/** A verdict for a person, with each check of a task below it. */
export function printOutcome(outcome: Outcome, output: Output): void {
  const { question, verdict, earned, weight, message } = outcome;
  const [colour, sign] = mark[verdict];
  const title = `${output.style(colour, `${sign} ${verdict}`)}  ${question}  ${earned} of ${weight}`;
  output.line(message && outcome.checks.length === 0 ? `${title}  ${message}` : title);
  for (const check of outcome.checks) {
    const [checkColour, checkSign] = mark[check.verdict];
    const said = check.message ?? (check.verdict === 'waiting' ? 'what it needs does not hold yet' : '');
    output.line(`    ${output.style(checkColour, checkSign)} ${check.id}${said ? `: ${said}` : ''}`);
  }
  if (message && outcome.checks.length > 0 && verdict === 'error') output.line(`    ${message}`);
}

/** With `--json` one object where a question was named, else an array. */
export function printOutcomes(outcomes: readonly Outcome[], named: boolean, json: boolean, output: Output): void {
  if (json) return output.json(named ? outcomes[0] : outcomes);
  for (const outcome of outcomes) printOutcome(outcome, output);
  if (named) return;
  const sum = (of: (it: Outcome) => number) => outcomes.reduce((total, it) => total + of(it), 0);
  output.line(`${sum((it) => it.earned)} of ${sum((it) => it.weight)} points`);
}
