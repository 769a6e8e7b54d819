import type { CheckOutcome } from '../../contract/models/verdict.ts';
import type { ExpandedCheck } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { meets } from './expectation.ts';
import { failMessage, seenView } from './seen.ts';
import { invalid, look } from './truth.ts';
import { errorMessage } from './verdict.ts';

/**
 * Asks checks side by side, each once what it needs has passed; else it is `waiting` and not asked at all. Needs that are not among the checks
 * are looked up in `known`. Never rejects. The outcomes are in the checks' order.
 */
export const askChecks = (
  environment: EnvironmentReader,
  checks: readonly ExpandedCheck[],
  known: ReadonlyMap<string, CheckOutcome> = new Map(),
): Promise<CheckOutcome[]> => {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const asked = new Map<string, Promise<CheckOutcome>>();

  const outcome = (id: string, path: readonly string[]): Promise<CheckOutcome> => {
    const check = byId.get(id);
    if (!check || path.includes(id)) return Promise.resolve(known.get(id) ?? impossible(id));
    const standing = asked.get(id);
    if (standing) return standing;
    // Needs come first: the recursion ends before anything is waited for, so a circle is found and not waited on for ever.
    const needs = check.needs.map((need) => outcome(need, [...path, id]));
    const answer = Promise.all(needs).then((found) =>
      found.every((need) => need.verdict === 'pass') ? ask(environment, check) : waiting(id),
    );
    asked.set(id, answer);
    return answer;
  };
  return Promise.all(checks.map((check) => outcome(check.id, [])));
};

const ask = async (environment: EnvironmentReader, check: ExpandedCheck): Promise<CheckOutcome> => {
  try {
    const seen = await look(environment, check.look, check.deadline === null ? null : check.deadline * 1000);
    return meets(seen, check.expect)
      ? { id: check.id, verdict: 'pass', message: null, seen: seenView(check.look, seen) }
      : { id: check.id, verdict: 'fail', message: failMessage(check, seen) };
  } catch (thrown) {
    return { id: check.id, verdict: 'error', message: errorMessage(thrown) };
  }
};

export const waiting = (id: string): CheckOutcome => ({ id, verdict: 'waiting', message: null });

/** The catalog refuses such labs; one that came by another way must not hang or pass. */
const impossible = (id: string): CheckOutcome => ({
  id,
  verdict: 'error',
  message: errorMessage(invalid(`a check needs "${id}", which is not there or needs it in turn`)),
});
