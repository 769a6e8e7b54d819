import { LabError } from '../../contract/error.ts';
import type { EnvironmentView } from '../../contract/models/run.ts';
import { nodeStopped } from '../environments/nodeProcess.ts';
import type { LiveEnvironment } from '../environments/provider.ts';
import type { EnvironmentEvents } from './environmentEvents.ts';
import { isPaused } from './pausedErrors.ts';

/** What there is of a run's environment at present: what pages are shown of it, and the live one that others may read. */
export class Presence {
  readonly #run: string;
  readonly #events: EnvironmentEvents;
  #view: EnvironmentView = { state: 'destroyed' };
  #live: LiveEnvironment | null = null;
  /** What was shown of the live environment's trouble. */
  #trouble: LabError | null = null;
  #unsubscribe: () => void = () => undefined;

  constructor(run: string, events: EnvironmentEvents) {
    this.#run = run;
    this.#events = events;
  }

  get view(): EnvironmentView {
    return this.#view;
  }

  get live(): LiveEnvironment | null {
    return this.#live;
  }

  get stopped(): string[] {
    return [...(this.#live?.stopped ?? [])];
  }

  /** For grading: rejects with `node-stopped` or the reason for which there is nothing to read. */
  reader(): LiveEnvironment {
    if (this.#live) return this.#live;
    if (this.#view.state === 'paused') throw isPaused(this.#run);
    if (this.#view.state === 'failed' || this.#view.state === 'degraded') throw LabError.fromView(this.#view.error);
    throw new LabError('conflict', `The environment of ${this.#run} is not running.`, {
      hint: 'Wait until it has started, or start it again.',
    });
  }

  show(view: EnvironmentView): void {
    this.#view = view;
    this.#events.changed();
  }

  /** As the live environment is: whole, or with what is wrong with it. */
  showLive(): void {
    const [stopped] = this.stopped;
    this.#trouble = this.#live?.trouble ?? null;
    const error = stopped === undefined ? this.#trouble : nodeStopped(stopped);
    this.show(error ? degradedBy(error) : { state: 'running' });
  }

  showTrouble(thrown: unknown): void {
    this.show(degradedBy(LabError.from(thrown)));
  }

  /** It can be shown and read; who follows it waits until it is whole. */
  appear(live: LiveEnvironment): void {
    this.#live = live;
    this.showLive();
  }

  /** It is whole: whoever follows it is told. */
  enter(live: LiveEnvironment): void {
    this.appear(live);
    this.#events.live(live);
    this.#unsubscribe = live.onChange(({ node, source }) => {
      if (source === 'container' && !live.stopped.includes(node)) this.#events.revived(node);
      if (live.trouble !== this.#trouble) this.showLive();
    });
  }

  /** Nobody reads it any more. It is not closed. */
  withdraw(): LiveEnvironment | null {
    const live = this.#live;
    this.#unsubscribe();
    this.#live = null;
    if (live) this.#events.live(null);
    return live;
  }

  leave(): void {
    this.withdraw()?.close();
  }
}

const degradedBy = (error: LabError): EnvironmentView => ({ state: 'degraded', error: error.toView() });
