import type { LabError } from '../../../contract/error.ts';
import { Once } from '../../once.ts';

/** Milliseconds between two looks at a node that nobody has asked for. */
const LOOK_AGAIN = 3000;

/** What is known of a cluster whose API server has fallen silent. */
export class ApiTrouble {
  readonly #look: () => Promise<LabError | null>;
  readonly #changed: () => void;
  readonly #looking = new Once<LabError | null>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #lasting: LabError | null = null;

  /** `look` says why nobody answers, null where it does not know. `changed` is called when `lasting` is another. */
  constructor(look: () => Promise<LabError | null>, changed: () => void) {
    this.#look = look;
    this.#changed = changed;
  }

  /** Set where the cluster cannot come back by itself, nor by what a learner would do: it has to be reset. */
  get lasting(): LabError | null {
    return this.#lasting;
  }

  /** The failure with its reason, where one is found. Never rejects. */
  async explained(failure: LabError): Promise<LabError> {
    const why = await this.#looking.do('look', this.#look).catch(() => null);
    this.#lookedAt = performance.now();
    this.#settle(why?.data.remedy === 'reset' ? why : null);
    return why ?? failure;
  }

  /** Nobody asked, and it was silent all the same. */
  fellSilent(failure: LabError): void {
    if (performance.now() - this.#lookedAt < LOOK_AGAIN) return;
    this.#lookedAt = performance.now();
    void this.explained(failure);
  }

  answered(): void {
    this.#settle(null);
  }

  #settle(lasting: LabError | null): void {
    const same = (lasting === null) === (this.#lasting === null);
    this.#lasting = lasting;
    if (!same) this.#changed();
  }
}
