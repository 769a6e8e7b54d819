import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import type { EnvironmentView } from '../../contract/models/run.ts';
import type { ExpandedLab } from '../catalog/expanded.ts';
import type { ContainerEvent } from '../docker/model.ts';
import { planOf } from '../environments/plans.ts';
import type { LiveEnvironment, Provider } from '../environments/provider.ts';
import { providerOf } from '../environments/providers.ts';
import type { EnvironmentEvents, Recorded } from './environmentEvents.ts';
import { EnvironmentPause } from './environmentPause.ts';
import { Presence } from './presence.ts';
import type { Site } from './site.ts';
import { startSteps } from './startSteps.ts';

/** The life of one run's environment: start, resume, mend, pause, reset, destroy; one of these at a time. */
export class RunEnvironment {
  readonly #run: string;
  readonly #lab: ExpandedLab;
  readonly #site: () => Promise<Site>;
  readonly #events: EnvironmentEvents;
  readonly #presence: Presence;
  readonly #pause: EnvironmentPause;
  /** The one that was started last, from the moment its links are there. */
  #started: LiveEnvironment | null = null;
  /** Containers that are this run's at present, also while a start or a reset is under way. */
  #nodes: Readonly<Record<string, string>>;
  #complete: boolean;
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
    this.#presence = new Presence(run, events);
    this.#pause = new EnvironmentPause(run, this.#presence);
  }

  get view(): EnvironmentView {
    return this.#presence.view;
  }

  get live(): LiveEnvironment | null {
    return this.#presence.live;
  }

  get stopped(): string[] {
    return this.#presence.stopped;
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
    return this.#presence.reader();
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
    if (this.view.state === 'destroyed')
      this.#presence.show({ state: 'starting', title: 'Taking up the environment', steps: [] });
    return this.#queue(async () => {
      if (this.live || this.view.state === 'failed') return;
      if (!this.#complete) return this.#renew();
      try {
        const site = await this.#site();
        if (!(await this.#pause.isFound(this.#provider(site).pausing, this.#nodes))) await this.#takeUp(site);
      } catch (error) {
        this.#presence.showTrouble(error);
      }
    });
  }

  /** Starts what stopped; a start that failed is tried again. */
  mend(): Promise<void> {
    return this.#queue(async () => {
      if (!this.live && !this.#complete) return this.#renew();
      await this.#takeUp(await this.#site());
    });
  }

  /** Rejects with `conflict` where this kind cannot, and with the reason where there is nothing to pause. Nothing where it is paused already. */
  pause(): Promise<void> {
    return this.#queue(async () => this.#pause.begin(this.#provider(await this.#site()).pausing));
  }

  /** The end of a pause. Rejects with the reason where there is nothing that could go on. */
  goOn(): Promise<void> {
    return this.#queue(async () => {
      if (!this.#pause.holds) return void this.reader();
      await this.#takeUp(await this.#site());
      const nodes = this.#lab.environment.nodes.map(({ name }) => name);
      for (const name of this.#pause.end(nodes)) this.#events.revived(name);
    });
  }

  reset(): Promise<void> {
    this.#starting.abort();
    return this.#queue(() => this.#renew());
  }

  destroy(): Promise<void> {
    this.#starting.abort();
    return this.#queue(async () => {
      this.#presence.leave();
      const ids = Object.values(this.#nodes);
      try {
        if (ids.length > 0) await this.#provider(await this.#site()).destroy(ids);
      } catch (error) {
        this.#presence.showTrouble(error);
        throw error;
      }
      this.#nodes = {};
      this.#complete = false;
      this.#destroyed = true;
      this.#presence.show({ state: 'destroyed' });
    });
  }

  async onContainer(event: ContainerEvent): Promise<void> {
    try {
      await this.live?.onContainer(event);
    } catch (error) {
      this.#presence.showTrouble(error);
      return;
    }
    if (this.live) this.#presence.showLive();
  }

  /** Docker went away; what is shown says so until it is back. */
  onDockerLost(error: LabError): void {
    if (!this.live) return;
    this.#presence.leave();
    this.#presence.showTrouble(error);
  }

  close(): void {
    this.#presence.leave();
  }

  async #takeUp(site: Site): Promise<void> {
    const provider = this.#provider(site);
    if (!this.live) this.#presence.enter(await provider.resume(this.#run, this.#lab.environment, this.#nodes));
    if (this.live) await provider.mend(this.live);
    this.#presence.showLive();
  }

  /** The old nodes go while the new ones come: nobody waits for a removal. */
  async #renew(): Promise<void> {
    this.#presence.leave();
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
      this.#presence.show({ state: 'starting', title: plan.title, steps: now });
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
      this.#presence.appear(live);
      await live.allAwake();
      this.#presence.enter(live);
    } catch (thrown) {
      const error = LabError.from(thrown);
      await this.#abandon();
      this.#presence.show({ state: 'failed', error: error.toView(), steps: shown });
      // Where it cannot be written down either, what is shown has to do.
      await this.#events.failed(error).catch(() => undefined);
    } finally {
      steps.end();
    }
  }

  /** A start that failed after its links were made: a node did not wake up. */
  async #abandon(): Promise<void> {
    this.#complete = false;
    if (!this.live) return;
    this.#presence.leave();
    const site = await this.#site();
    await this.#provider(site)
      .destroy(Object.values(this.#nodes))
      .catch(() => undefined);
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
