import { catalog, runs } from '../../electron/contract/calls.ts';
import { LabError } from '../../electron/contract/error.ts';
import type { LabCard } from '../../electron/contract/models/lab.ts';
import type { RunSummary } from '../../electron/contract/models/run.ts';
import { catalogChanged, runChanged, runRemoved, statusChanged } from '../../electron/contract/pushes.ts';
import { Kept } from '../app/kept.ts';
import { newAttempt } from '../connection/attempt.ts';
import type { Session } from '../connection/session.svelte.ts';

/** A run changes with every tick; its summary in the catalog need not. Milliseconds. */
const REST = 400;

interface Listed {
  readonly labs: LabCard[];
  readonly runs: RunSummary[];
}

const isListed = (value: unknown): value is Listed =>
  catalog.labs.result.safeParse(value).success && runs.list.result.safeParse(value).success;

/** The labs and the learner's runs. At first those of the last time, where there was one; null until the first answer where not. */
export class CatalogState {
  readonly #session: Session;
  readonly #seen = new Kept<Listed | null>('catalog', null, (it): it is Listed | null => it === null || isListed(it));
  #timer: ReturnType<typeof setTimeout> | undefined;
  labs = $state.raw<LabCard[] | null>(null);
  runs = $state.raw<RunSummary[]>([]);
  error = $state.raw<LabError | null>(null);
  /** The lab that stands in the side panel; kept while a run is open. */
  wanted = $state<string | null>(null);
  /** The run that `Continue` opens: the newest that is neither finished nor removed. */
  readonly resumable = $derived(
    this.runs
      .filter((it) => it.finishedAt === null && it.environment !== 'destroyed')
      .sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0] ?? null,
  );

  constructor(session: Session) {
    this.#session = session;
    const seen = this.#seen.read();
    if (seen) {
      this.labs = seen.labs;
      this.runs = seen.runs;
    }
    for (const token of [catalogChanged, runChanged, runRemoved, statusChanged]) session.on(token, () => this.#soon());
    session.onConnected(() => void this.read());
  }

  async read(): Promise<void> {
    try {
      const [{ labs }, listed] = await Promise.all([
        this.#session.call(catalog.labs, {}),
        this.#session.call(runs.list, {}),
      ]);
      this.labs = labs;
      this.runs = listed.runs;
      this.error = null;
      this.#seen.write({ labs, runs: listed.runs });
    } catch (thrown) {
      this.error = LabError.from(thrown);
    }
  }

  /** Starts a run and answers its id; the environment is still starting. */
  async start(lab: string, seed: number | undefined): Promise<string> {
    const run = await this.#session.call(runs.start, { lab, seed, attempt: newAttempt() });
    return run.id;
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.read();
    }, REST);
  }
}
