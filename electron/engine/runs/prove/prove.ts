import { randomUUID } from 'node:crypto';
import { NO_QUESTION, type Proof, type ProofItem } from '../../../contract/models/proof.ts';
import type { Runs } from '../runs.ts';
import type { Solver } from '../solver.ts';
import { Claims } from './claims.ts';
import { proveQuestion } from './proveQuestion.ts';
import { unlessBroken } from './unlessBroken.ts';
import { Workbench } from './workbench.ts';

export interface Prover {
  readonly runs: Runs;
  readonly solver: Solver;
  /** Milliseconds for which errors are asked again, in the whole of a proof; the usual ones where it is not given. */
  readonly patience?: number;
  /** Settled items of an earlier proof of the same content, or null. */
  kept(lab: string, seed: number): ProofItem[] | null;
  keep(lab: string, seed: number, items: readonly ProofItem[]): void;
}

/** Proves a lab on a real environment, one run a seed. What holds is kept by content; what does not is examined anew each time. */
export const proveLab = async (
  prover: Prover,
  lab: string,
  seeds: readonly number[],
  fresh: boolean,
  tell: (item: ProofItem) => void,
): Promise<Proof> => {
  const began = performance.now();
  const items: ProofItem[] = [];
  let cached = true;
  for (const seed of seeds) {
    const kept = fresh ? null : prover.kept(lab, seed);
    cached &&= kept !== null;
    const found = kept ?? (await proveSeed(prover, lab, seed, tell));
    if (!kept && found.every((item) => item.holds)) prover.keep(lab, seed, found);
    items.push(...found);
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  return { lab, seeds: [...seeds], items, holds: items.every((item) => item.holds), seconds, cached };
};

const proveSeed = async (
  { runs, solver, patience }: Prover,
  lab: string,
  seed: number,
  tell: (item: ProofItem) => void,
): Promise<ProofItem[]> => {
  const claims = new Claims(seed, tell);
  const run = await runs.start(lab, seed, randomUUID(), 'proof');
  const bench = new Workbench(run, solver, patience);
  try {
    await bench.ready();
    for (const question of run.lab.questions)
      await unlessBroken(
        () => run.environment.view,
        () => proveQuestion(question, bench, claims),
      );
  } catch (error) {
    claims.settle(NO_QUESTION, 'its environment runs', false, error instanceof Error ? error.message : String(error));
  } finally {
    claims.end();
    bench.end();
    await runs.forget(run.id);
  }
  return claims.items;
};
