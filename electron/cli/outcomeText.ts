import type { Outcome, SeenView } from '../contract/models/verdict.ts';
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
  if (verdict === 'pass')
    printSeen([...(outcome.seen ?? []), ...outcome.checks.flatMap((it) => it.seen ?? [])], output);
  if (message && outcome.checks.length > 0 && verdict === 'error') output.line(`    ${message}`);
}

/** What was read of the live environment, a line for each look. */
export function printSeen(seen: readonly SeenView[], output: Output): void {
  for (const { node, probe, of, field, values } of seen) {
    const what = [probe, of].filter(Boolean).join(' ');
    output.line(output.style('dim', `    seen on ${node}: ${what}, ${field}: ${values.join(', ') || 'none'}`));
  }
}

/** With `--json` one object where a question was named, else an array. */
export function printOutcomes(outcomes: readonly Outcome[], named: boolean, json: boolean, output: Output): void {
  if (json) return output.json(named ? outcomes[0] : outcomes);
  for (const outcome of outcomes) printOutcome(outcome, output);
  if (named) return;
  const sum = (of: (it: Outcome) => number) => outcomes.reduce((total, it) => total + of(it), 0);
  output.line(`${sum((it) => it.earned)} of ${sum((it) => it.weight)} points`);
}
