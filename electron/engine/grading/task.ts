import type { CheckOutcome, Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedTask } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { askChecks } from './checks.ts';

/** Judges a task by the environment as it is now, all its checks side by side. Never rejects. */
export const gradeTask = async (environment: EnvironmentReader, question: ExpandedTask): Promise<Outcome> =>
  taskOutcome(question, await askChecks(environment, question.checks));

/**
 * What the checks come to. Each that passed earns its share of the question's weight. One that could not be asked makes the whole an `error`: what
 * is missing then may not be the learner's fault.
 */
export const taskOutcome = (question: ExpandedTask, checks: readonly CheckOutcome[]): Outcome => {
  const total = question.checks.reduce((sum, check) => sum + check.weight, 0);
  const held = question.checks
    .filter((check) => checks.some(({ id, verdict }) => id === check.id && verdict === 'pass'))
    .reduce((sum, check) => sum + check.weight, 0);
  const verdict = verdictOf(checks);
  return {
    question: question.id,
    verdict,
    earned: verdict === 'pass' ? question.weight : rounded((question.weight * held) / total),
    weight: question.weight,
    checks: [...checks],
    message: verdict === 'pass' ? null : messageOf(checks, verdict),
  };
};

const verdictOf = (checks: readonly CheckOutcome[]): Outcome['verdict'] => {
  if (checks.some(({ verdict }) => verdict === 'error')) return 'error';
  return checks.length > 0 && checks.every(({ verdict }) => verdict === 'pass') ? 'pass' : 'fail';
};

const messageOf = (checks: readonly CheckOutcome[], verdict: 'fail' | 'error'): string | null => {
  const messages = checks.filter((check) => check.verdict === verdict).map(({ message }) => message);
  return [...new Set(messages)].join('\n') || null;
};

/** To hundredths of a point. */
const rounded = (points: number): number => Math.round(points * 100) / 100;
