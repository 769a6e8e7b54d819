import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import type { EnvironmentView } from '../../contract/models/run.ts';
import type { ExpandedLab } from '../catalog/expanded.ts';
import type { ContainerEvent } from '../docker/model.ts';
import { nodeStopped } from '../environments/nodeProcess.ts';
import { planOf } from '../environments/plans.ts';
import type { LiveEnvironment, Provider } from '../environments/provider.ts';
import { providerOf } from '../environments/providers.ts';
import type { EnvironmentEvents, Recorded } from './environmentEvents.ts';
import { cannotPause, isPaused } from './pausedErrors.ts';
import type { Site } from './site.ts';
import { startSteps } from './startSteps.ts';

/** The life of one run's environment: start, resume, mend, pause, reset, destroy; one of these at a time. */
export class RunEnvironment {
  readonly #run: string;
  readonly #lab: ExpandedLab;
  readonly #site: () => Promise<Site>;
  readonly #events: EnvironmentEvents;
  #view: EnvironmentView = { state: 'destroyed' };
  #live: LiveEnvironment | null = null;
  /** The one that was started last, from the moment its links are there. */
  #started: LiveEnvironment | null = null;
  /** Containers that are this run's at present, also while a start or a reset is under way. */
  #nodes: Readonly<Record<string, string>>;
  #complete: boolean;
  /** It was found paused: whoever had a way into it has to find it again. */
  #lostSight = false;
  #destroyed = false;
  /** Aborted when what is being started is wanted no more. */
  #starting = new AbortController();
  #work: Promise<unknown> = Promise.resolve();

  constructor(run: string, lab: ExpandedLab, recorded: Recorded, site: () => Promise<Site>, events: EnvironmentEvents) {
    this.#run = run;
    this.#lab = lab;
    this.#nodes = recorded.nodes;
    this.#complete = recorded.complete;
    this.#site = site;
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

  /** Settles when what is under way has come to an end, well or not. */
  settled(): Promise<unknown> {
    return this.#work;
  }

  /** Resolves when programs can run in the node; rejects when it did not wake up. */
  async awake(node: string): Promise<void> {
    await this.#started?.awake(node);
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

  start(): Promise<void> {
    return this.#queue(() => this.#start());
  }

  /**
   * Takes up what an earlier engine left, or what was lost with Docker; nothing when it is there, or when its start has failed. What stopped
   * while nobody watched (Docker or the machine was started again) is started; what was killed half-way through its start is made anew; what
   * was paused stays so.
   */
  resume(): Promise<void> {
    if (this.#view.state === 'destroyed')
      this.#show({ state: 'starting', title: 'Taking up the environment', steps: [] });
    return this.#queue(async () => {
      if (this.#live || this.#view.state === 'failed') return;
      if (!this.#complete) return this.#renew();
      try {
        const site = await this.#site();
        if (await this.#provider(site).pausing?.isPaused(this.#nodes)) {
          this.#lostSight = true;
          this.#show({ state: 'paused' });
        } else await this.#takeUp(site);
      } catch (error) {
        this.#show({ state: 'degraded', error: LabError.from(error).toView() });
      }
    });
  }

  /** Starts what stopped; a start that failed is tried again. */
  mend(): Promise<void> {
    return this.#queue(async () => {
      if (!this.#live && !this.#complete) return this.#renew();
      await this.#takeUp(await this.#site());
    });
  }

  /** Rejects with `conflict` where this kind cannot, and with the reason where there is nothing to pause. Nothing where it is paused already. */
  pause(): Promise<void> {
    return this.#queue(async () => {
      if (this.#view.state === 'paused') return;
      const { pausing } = this.#provider(await this.#site());
      if (!pausing) throw cannotPause(this.#run);
      const live = this.reader();
      // Nobody reads a cluster of which half stands still.
      this.#events.live(null);
      this.#live = null;
      this.#show({ state: 'paused' });
      try {
        await pausing.pause(live);
      } catch (error) {
        this.#live = live;
        this.#events.live(live);
        this.#showLive();
        throw error;
      }
      live.close();
    });
  }

  /** The end of a pause. Rejects with the reason where there is nothing that could go on. */
  goOn(): Promise<void> {
    return this.#queue(async () => {
      if (this.#view.state !== 'paused') return void this.reader();
      await this.#takeUp(await this.#site());
      // Shells could not be reached while everything stood still.
      if (this.#lostSight) for (const { name } of this.#lab.environment.nodes) this.#events.revived(name);
      this.#lostSight = false;
    });
  }

  reset(): Promise<void> {
    this.#starting.abort();
    return this.#queue(() => this.#renew());
  }

  destroy(): Promise<void> {
    this.#starting.abort();
    return this.#queue(async () => {
      this.#leave();
      const ids = Object.values(this.#nodes);
      try {
        if (ids.length > 0) await this.#provider(await this.#site()).destroy(ids);
      } catch (error) {
        this.#show({ state: 'degraded', error: LabError.from(error).toView() });
        throw error;
      }
      this.#nodes = {};
      this.#complete = false;
      this.#destroyed = true;
      this.#show({ state: 'destroyed' });
    });
  }

  async onContainer(event: ContainerEvent): Promise<void> {
    try {
      await this.#live?.onContainer(event);
    } catch (error) {
      this.#show({ state: 'degraded', error: LabError.from(error).toView() });
      return;
    }
    if (this.#live) this.#showLive();
  }

  /** Docker went away; what is shown says so until it is back. */
  onDockerLost(error: LabError): void {
    if (!this.#live) return;
    this.#leave();
    this.#show({ state: 'degraded', error: error.toView() });
  }

  close(): void {
    this.#leave();
  }

  async #takeUp(site: Site): Promise<void> {
    const provider = this.#provider(site);
    if (!this.#live) this.#enter(await provider.resume(this.#run, this.#lab.environment, this.#nodes));
    if (this.#live) await provider.mend(this.#live);
    this.#showLive();
  }

  /** The old nodes go while the new ones come: nobody waits for a removal. */
  async #renew(): Promise<void> {
    this.#leave();
    this.#complete = false;
    const old = Object.values(this.#nodes);
    if (old.length === 0) return this.#start();
    const removed = this.#site().then((site) => this.#provider(site).destroy(old));
    removed.catch(() => undefined);
    await this.#start(removed);
  }

  async #start(namesFree: Promise<void> = Promise.resolve()): Promise<void> {
    const plan = planOf(this.#lab.environment);
    this.#starting = new AbortController();
    let shown: Step[] = [];
    const show = (now: Step[]) => {
      shown = now;
      this.#show({ state: 'starting', title: plan.title, steps: now });
    };
    const steps = startSteps(plan, show);
    const began = performance.now();
    try {
      const site = await steps.run('site', () => this.#site());
      const live = await this.#provider(site).start({
        run: this.#run,
        signal: this.#starting.signal,
        topology: this.#lab.environment,
        step: (id, work) => steps.run(id, work),
        adopt: async (containers) => {
          await this.#events.adopted(containers, site.docker.endpoint.address);
          await namesFree;
          this.#nodes = containers;
        },
      });
      this.#started = live;
      try {
        await this.#events.started((performance.now() - began) / 1000);
      } catch (error) {
        live.close();
        throw error;
      }
      this.#complete = true;
      // What a page shows needs the links only; who waits for the whole start waits for the last node, too.
      this.#live = live;
      this.#showLive();
      await live.allAwake();
      this.#enter(live);
    } catch (thrown) {
      const error = LabError.from(thrown);
      await this.#abandon();
      this.#show({ state: 'failed', error: error.toView(), steps: shown });
      // Where it cannot be written down either, what is shown has to do.
      await this.#events.failed(error).catch(() => undefined);
    } finally {
      steps.end();
    }
  }

  /** A start that failed after its links were made: a node did not wake up. */
  async #abandon(): Promise<void> {
    this.#complete = false;
    if (!this.#live) return;
    this.#leave();
    const site = await this.#site();
    await this.#provider(site)
      .destroy(Object.values(this.#nodes))
      .catch(() => undefined);
  }

  #enter(live: LiveEnvironment): void {
    this.#live = live;
    this.#showLive();
    this.#events.live(live);
    live.onChange(({ node, source }) => {
      if (source === 'container' && !live.stopped.includes(node)) this.#events.revived(node);
    });
  }

  #leave(): void {
    this.#live?.close();
    if (this.#live) this.#events.live(null);
    this.#live = null;
  }

  #showLive(): void {
    const [stopped] = this.stopped;
    this.#show(
      stopped === undefined ? { state: 'running' } : { state: 'degraded', error: nodeStopped(stopped).toView() },
    );
  }

  #show(view: EnvironmentView): void {
    this.#view = view;
    this.#events.changed();
  }

  #provider(site: Site): Provider {
    return providerOf(site.providers, this.#lab.environment);
  }

  #queue(work: () => Promise<void>): Promise<void> {
    // What was asked for before it went (a resume, when Docker came) must not make nodes that belong to nobody.
    const done = this.#work.then(() => (this.#destroyed ? undefined : work()));
    this.#work = done.catch(() => undefined);
    return done;
  }
}
