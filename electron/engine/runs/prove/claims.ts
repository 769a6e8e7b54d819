import type { ProofItem } from '../../../contract/models/proof.ts';
import type { Outcome } from '../../../contract/models/verdict.ts';

/** Collects what was claimed of one seed's run, and tells each claim as it is settled. */
export class Claims {
  readonly items: ProofItem[] = [];
  readonly #seed: number;
  readonly #tell: (item: ProofItem) => void;
  #over = false;

  constructor(seed: number, tell: (item: ProofItem) => void) {
    this.#seed = seed;
    this.#tell = tell;
  }

  settle(question: string, claim: string, holds: boolean, detail = ''): void {
    if (this.#over) return;
    const item = { seed: this.#seed, question, claim, holds, detail: holds ? '' : detail };
    this.items.push(item);
    this.#tell(item);
  }

  /** What is still being examined counts no more. */
  end(): void {
    this.#over = true;
  }

  /** What throws while a claim is examined is a claim that does not hold, with the reason. */
  async examine(question: string, claim: string, look: () => Promise<true | string>): Promise<void> {
    try {
      const found = await look();
      this.settle(question, claim, found === true, found === true ? '' : found);
    } catch (error) {
      this.settle(question, claim, false, error instanceof Error ? error.message : String(error));
    }
  }
}

/** An outcome in one line, for a claim that did not hold. */
export const said = ({ verdict, checks, message }: Outcome): string =>
  [
    `verdict ${verdict}`,
    ...checks
      .filter((check) => check.verdict !== 'pass')
      .map((check) => `${check.id}: ${check.verdict} ${check.message ?? ''}`.trim()),
    message ?? '',
  ]
    .filter(Boolean)
    .join('; ');
