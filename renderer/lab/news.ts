import type { QuestionView, RunView } from '../../electron/contract/models/run.ts';
import { m } from '../messages/messages.ts';

/** What happened between two states of a run, in sentences for the live region: verdicts, ticks, the environment. */
export function newsOf(before: RunView, after: RunView): string[] {
  const news = after.questions.flatMap((question) => {
    const earlier = before.questions.find((it) => it.id === question.id);
    return earlier ? [...ticks(earlier, question), ...verdict(earlier, question)] : [];
  });
  if (before.environment.state !== after.environment.state) news.push(m.environment[after.environment.state]);
  return news;
}

function ticks(before: QuestionView, after: QuestionView): string[] {
  if (before.kind !== 'task' || after.kind !== 'task') return [];
  return after.checks
    .filter((check) => check.state === 'pass' && before.checks.find((it) => it.id === check.id)?.state !== 'pass')
    .map((check) => m.news.checkHolds(check.text));
}

function verdict(before: QuestionView, after: QuestionView): string[] {
  if (after.state === 'open' || (before.state === after.state && before.lastAt === after.lastAt)) return [];
  return [m.news.verdict(after.number, m.states[after.state], after.state === 'pass' ? null : after.message)];
}
