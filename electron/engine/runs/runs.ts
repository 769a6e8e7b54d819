import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../contract/error.ts';
import type { RunSummary } from '../../contract/models/run.ts';
import { expandLab } from '../catalog/expand.ts';
import type { Lab } from '../catalog/lab.ts';
import type { ContainerEvent } from '../docker/model.ts';
import { GATEWAY } from '../environments/kubernetes/containers.ts';
import { Journal } from './journal/journal.ts';
import { JOURNAL_VERSION } from './journal/readLines.ts';
import { RecordBody } from './journal/record.ts';
import type { Run } from './run.ts';
import { openEntry, type RunEntry, runOf, stateOf, summaryOf } from './runEntry.ts';
import { isRunId, newRunId } from './runId.ts';
import { keepLab } from './runLab.ts';
import type { RunsOptions } from './runsOptions.ts';
import { foldRun, type RunState } from './state.ts';

/** Environments at the same time; more would not fit a laptop, and nobody can use them. */
const LIVE_LIMIT = 8;

type Purpose = RunState['created']['purpose'];

/** All runs of this state directory. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #entries = new Map<string, RunEntry>();
  /** A start that is asked for again is the same start. */
  readonly #starts = new Map<string, Promise<Run>>();
  /** Starts that are not yet among the entries. */
  #beginning = 0;

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /** Opens what is on the disk. Environments are taken up as soon as Docker is there. */
  async open(): Promise<void> {
    await mkdir(this.#folder(), { recursive: true, mode: 0o700 });
    const ids = (await readdir(this.#folder())).filter(isRunId);
    for (const id of ids) {
      const entry = await openEntry(id, this.#folder(id), this.#options);
      if (entry) this.#entries.set(id, entry);
    }
    // What cannot be taken up is shown with the run.
    void this.resume().catch(() => undefined);
  }

  /** Container ids that belong to a run: nobody else may take or remove them. */
  get adopted(): Set<string> {
    return new Set([...this.#entries.values()].flatMap((entry) => Object.values(stateOf(entry)?.nodes ?? {})));
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Nodes of all environments. */
  get nodeCount(): number {
    const names = [...this.#entries.values()].flatMap((entry) => Object.keys(stateOf(entry)?.nodes ?? {}));
    return names.filter((name) => name !== GATEWAY).length;
  }

  /** Every environment goes; the history stays, also one that cannot be read now. */
  async destroyAll(): Promise<void> {
    const live = [...this.#entries].filter(
      ([, entry]) => stateOf(entry) && stateOf(entry)?.environment !== 'destroyed',
    );
    await Promise.all(live.map(([id, entry]) => (entry.kind === 'run' ? this.destroy(id) : this.#removeNodes(entry))));
  }

  get live(): Run[] {
    return this.#runs().filter((run) => run.inWork);
  }

  /** Takes up every environment that is not there: after a start of the engine, and when Docker came back. */
  async resume(): Promise<void> {
    await Promise.all(
      this.#runs()
        .filter(hasEnvironment)
        .map((run) => run.environment.resume()),
    );
  }

  /** Files of labs have changed: runs whose lab is another now say so. */
  labsChanged(): void {
    for (const run of this.live) run.compareLab();
  }

  onContainer(event: ContainerEvent): void {
    for (const run of this.#runs()) void run.environment.onContainer(event);
  }

  onDockerLost(error: LabError): void {
    for (const run of this.#runs()) run.environment.onDockerLost(error);
  }

  list(): RunSummary[] {
    return [...this.#entries.values()]
      .map(summaryOf)
      .filter((summary) => summary !== null)
      .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  }

  get(id: string): Run {
    const entry = this.#entry(id);
    if (entry.kind === 'closed') throw entry.error;
    return entry.run;
  }

  /** `exam`: the run is one of an exam's environments, with these of the lab's questions. */
  start(
    labId: string,
    seed: number | undefined,
    attempt: string,
    purpose: Purpose = 'practice',
    exam?: RunState['created']['exam'],
  ): Promise<Run> {
    const known = this.#runs().find((run) => run.state.created.attempt === attempt);
    if (known) return Promise.resolve(known);
    const starting =
      this.#starts.get(attempt) ??
      this.#start(labId, seed, attempt, purpose, exam).finally(() => this.#starts.delete(attempt));
    this.#starts.set(attempt, starting);
    return starting;
  }

  /** Removes the environment and keeps the history, so that the attempt still counts in the catalog. */
  async destroy(id: string): Promise<void> {
    const entry = this.#entry(id);
    if (entry.kind === 'run') {
      await entry.run.environment.destroy();
      await entry.run.record({ type: 'destroyed' });
    } else {
      await this.#removeNodes(entry);
      await entry.journal?.close();
      await Journal.remove(this.#folder(id));
      this.#entries.delete(id);
    }
    this.#options.events.removed(id);
  }

  async #removeNodes({ state }: { readonly state: RunState | null }): Promise<void> {
    const ids = Object.values(state?.nodes ?? {});
    if (ids.length === 0) return;
    // Its lab may be gone, and with it what kind it is of: what is left of any kind are containers.
    const { docker } = await this.#options.site();
    await Promise.all(ids.map((id) => docker.remove(id)));
  }

  /** Nothing of it stays: for proofs, which are no attempts of a learner. */
  async forget(id: string): Promise<void> {
    await this.destroy(id);
    const entry = this.#entries.get(id);
    if (entry?.kind === 'run') await entry.run.close();
    this.#entries.delete(id);
    await Journal.remove(this.#folder(id));
    this.#options.events.removed(id);
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#entries.values()].map((entry) => (entry.kind === 'run' ? entry.run.close() : entry.journal?.close())),
    );
  }

  async #start(
    labId: string,
    seed: number | undefined,
    attempt: string,
    purpose: Purpose,
    exam: RunState['created']['exam'],
  ): Promise<Run> {
    const lab = await this.#options.lab(labId);
    if (this.#runs().filter(hasEnvironment).length + this.#beginning >= LIVE_LIMIT) {
      throw new LabError('limit', `${LIVE_LIMIT} environments are there already.`, {
        hint: 'End one first: `patchbay runs`, then `patchbay destroy RUN`.',
      });
    }
    this.#beginning++;
    try {
      await this.#options.fits(lab.environment);
      return await this.#begin(lab, seed ?? (await this.#options.seedFor(lab)), attempt, purpose, exam);
    } finally {
      this.#beginning--;
    }
  }

  async #begin(
    lab: Lab,
    seed: number,
    attempt: string,
    purpose: Purpose,
    exam: RunState['created']['exam'],
  ): Promise<Run> {
    const expanded = expandLab(lab, seed);
    const id = newRunId(lab.id, (taken) => this.#entries.has(taken));
    const { journal } = await Journal.open(this.#folder(id), RecordBody);
    await keepLab(this.#folder(id), lab);
    const record = await journal.append({
      type: 'created',
      journal: JOURNAL_VERSION,
      run: id,
      purpose,
      lab: lab.id,
      labTitle: expanded.title,
      labMinutes: expanded.minutes,
      labHash: expanded.hash,
      seed,
      actual: { ...expanded.actual },
      app: this.#options.appVersion,
      attempt,
      ...(exam ? { exam } : {}),
    });
    const run = runOf(foldRun([record]) as RunState, lab, journal, this.#options);
    this.#entries.set(id, { kind: 'run', run });
    run.environment.start().catch(() => undefined);
    return run;
  }

  #entry(id: string): RunEntry {
    const entry = this.#entries.get(id);
    if (entry) return entry;
    throw new LabError('not-found', `There is no run ${id.slice(0, 80)}.`, { hint: '`patchbay runs` lists them.' });
  }

  #runs(): Run[] {
    return [...this.#entries.values()].flatMap((entry) => (entry.kind === 'run' ? [entry.run] : []));
  }

  #folder(id = ''): string {
    return join(this.#options.stateDir, 'runs', id);
  }
}

const hasEnvironment = (run: Run): boolean => run.state.environment !== 'destroyed';
