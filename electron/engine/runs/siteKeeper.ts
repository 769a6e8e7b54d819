import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../../contract/error.ts';
import type { EngineStatus } from '../../contract/models/status.ts';
import { connectAgent } from '../agent/connect.ts';
import type { DockerConnection } from '../docker/connect.ts';
import { prepareImages } from '../docker/images/prepareImages.ts';
import { imageReference } from '../docker/images/table.ts';
import { label } from '../docker/labels.ts';
import type { ContainerEvent } from '../docker/model.ts';
import { reachDocker } from '../docker/reachDocker.ts';
import { ENGINE_ROLE } from '../environments/docker/containers.ts';
import { DockerProvider } from '../environments/docker/provider.ts';
import { Pool } from '../environments/hosts/pool.ts';
import { HostsProvider } from '../environments/hosts/provider.ts';
import { CLUSTER_ROLE } from '../environments/kubernetes/containers.ts';
import { ClusterProvider } from '../environments/kubernetes/provider.ts';
import { type Room, roomInside } from '../environments/room.ts';
import { WaitingShells } from '../terminals/waitingShells.ts';
import { missingClusterImages, prepareClusterImages } from './clusterImages.ts';
import { missingDockerImages, prepareDockerImages } from './dockerImages.ts';
import { Preparation, type Work } from './preparation.ts';
import type { Site } from './site.ts';

export interface SiteEvents {
  changed(): void;
  container(event: ContainerEvent): void;
  lost(error: LabError): void;
  /** Docker is there, for the first time or again. Nobody waits for what is done then: it may itself ask for the site. */
  ready(site: Site): void;
  /** Containers of runs: nobody may take or remove them. */
  adopted(): ReadonlySet<string>;
}

export interface SiteOptions {
  /** The label's value: which containers are ours. */
  readonly owner: string;
  readonly version: string;
  /** Where frozen clusters are kept. */
  readonly stateDir: string;
  readonly events: SiteEvents;
}

/** Milliseconds between two looks for a Docker that went away. */
const LOOK_AGAIN = 1000;

/**
 * Finds or starts Docker, gets the images, makes helper and pool; once, whoever asks and however often. What failed is tried again when the next
 * asks. When Docker goes away it waits for it and takes everything up again.
 */
export class SiteKeeper {
  readonly #options: SiteOptions;
  readonly #closing = new AbortController();
  readonly #images: Preparation;
  readonly #cluster: Preparation;
  readonly #dockerNode: Preparation;
  #site: Site | null = null;
  #connection: DockerConnection | null = null;
  #preparing: Promise<Site> | null = null;
  #docker: EngineStatus['docker'] = { state: 'connecting' };

  constructor(options: SiteOptions) {
    this.#options = options;
    const prepared = (work: (connection: DockerConnection, ...rest: Parameters<Work>) => Promise<void>) =>
      new Preparation(
        async (onSteps, signal) => work(await this.connected(), onSteps, signal),
        () => this.#tell(),
        this.#closing.signal,
      );
    this.#images = prepared(prepareImages);
    this.#cluster = prepared(prepareClusterImages);
    this.#dockerNode = prepared(prepareDockerImages);
  }

  get status(): Pick<EngineStatus, 'docker' | 'images' | 'cluster' | 'dockerNode'> {
    return {
      docker: this.#docker,
      images: this.#images.view,
      cluster: this.#cluster.view,
      dockerNode: this.#dockerNode.view,
    };
  }

  /** Null until it was ready once. */
  get site(): Site | null {
    return this.#site;
  }

  get connection(): DockerConnection | null {
    return this.#connection;
  }

  /** Resolves when runs can start; rejects with the LabError that says why not. */
  ready(): Promise<Site> {
    if (this.#site && this.#docker.state === 'ready') return Promise.resolve(this.#site);
    this.#preparing ??= this.#prepare().finally(() => {
      this.#preparing = null;
    });
    return this.#preparing;
  }

  /** Docker alone, without images: for looking and for cleaning up. */
  connected(): Promise<DockerConnection> {
    const standing = this.#docker.state === 'ready' ? this.#connection : null;
    return standing ? Promise.resolve(standing) : this.#connect();
  }

  /** What there is for another environment; null where nobody knows, and the start itself tells. */
  async room(): Promise<Room | null> {
    return this.#site && this.#docker.state === 'ready' ? roomInside(this.#site.agent).catch(() => null) : null;
  }

  /** What clusters need beside the site; only missing images take time. `later` is waited for before those are begun. */
  async clusterReady({ later }: { later?: () => Promise<unknown> } = {}): Promise<void> {
    await this.ready();
    if (later && (await missingClusterImages(await this.connected())).length > 0) await later();
    await this.#cluster.run();
  }

  /** The same for what nodes with a Docker Engine need. */
  async dockerNodeReady({ later }: { later?: () => Promise<unknown> } = {}): Promise<void> {
    await this.ready();
    if (later && (await missingDockerImages(await this.connected())).length > 0) await later();
    await this.#dockerNode.run();
  }

  /** The engine ends: images that are being made are given up, so that nobody waits for them. */
  giveUp(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    this.giveUp();
    await this.#preparing?.catch(() => undefined);
    await this.#cluster.settled();
    await this.#dockerNode.settled();
    // What they are making now is there when they have ended, for whoever puts it away.
    await this.#site?.pool.close();
    await this.#site?.agent.close();
  }

  async #prepare(): Promise<Site> {
    const connection = await this.#connect();
    await this.#images.run();
    const first = this.#site === null;
    this.#site ??= this.#makeSite(connection);
    await this.#watch(connection);
    if (first) await this.#removeOrphans(connection);
    await this.#site.pool.inherit(this.#options.events.adopted());
    this.#tell();
    this.#options.events.ready(this.#site);
    return this.#site;
  }

  async #connect(): Promise<DockerConnection> {
    try {
      this.#docker = { state: 'connecting' };
      this.#tell();
      // Sockets are opened for each request, so a connection that was made once serves again when its engine is back.
      const connection = this.#connection ?? (await reachDocker());
      const { version } = await connection.info();
      this.#connection = connection;
      this.#docker = {
        state: 'ready',
        version,
        endpoint: connection.endpoint.address,
        own: connection.endpoint.source === 'own',
      };
      this.#tell();
      return connection;
    } catch (thrown) {
      const error = LabError.from(thrown);
      this.#docker = { state: 'missing', error: error.toView() };
      this.#tell();
      throw error;
    }
  }

  #makeSite(docker: DockerConnection): Site {
    const { owner, version, stateDir } = this.#options;
    const image = imageReference('host');
    const agent = connectAgent({ docker, image, owner, version });
    const waiting = new WaitingShells(docker);
    const pool = new Pool(
      docker,
      agent,
      { owner, image, version, profile: 'host' },
      () => this.#tell(),
      (container) => waiting.prepare(container),
    );
    const clusters = new ClusterProvider({
      docker,
      agent,
      kind: { owner, version, nodeImage: imageReference('node'), gatewayImage: imageReference('gateway') },
      stateDir,
      prepareImages: (step, signal) => this.#cluster.run(step, signal),
    });
    const hosts = new HostsProvider(docker, agent, pool);
    const nested = new DockerProvider({
      docker,
      agent,
      kind: { owner, version, image: imageReference('docker-node') },
      pool,
      hosts,
      prepareImages: (step, signal) => this.#dockerNode.run(step, signal),
    });
    const providers = { hosts, docker: nested, kubernetes: clusters };
    return { docker, agent, pool, providers, clusters, image, waiting };
  }

  /** Containers that an earlier engine was killed over before they were a run's. Nobody starts one before the site is there. */
  async #removeOrphans(docker: DockerConnection): Promise<void> {
    const adopted = this.#options.events.adopted();
    const found = await Promise.all(
      [CLUSTER_ROLE, ENGINE_ROLE].map((role) =>
        docker.list({ [label.owner]: this.#options.owner, [label.role]: role }),
      ),
    );
    await Promise.all(found.flat().flatMap(({ id }) => (adopted.has(id) ? [] : [docker.remove(id)])));
  }

  #watch(docker: DockerConnection): Promise<void> {
    const { owner, events } = this.#options;
    return docker.watch(
      { [label.owner]: owner },
      (event) => {
        if (event.kind === 'die' || event.kind === 'destroy' || event.kind === 'unpause')
          this.#site?.pool.forget(event.id);
        events.container(event);
      },
      this.#closing.signal,
      () => void this.#onLost(),
    );
  }

  async #onLost(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const error = new LabError('docker-missing', 'Docker stopped answering.', {
      hint: 'Start it again; your run goes on where it was. Nothing that you answered is lost.',
    });
    this.#docker = { state: 'missing', error: error.toView() };
    this.#options.events.lost(error);
    this.#tell();
    while (!this.#closing.signal.aborted) {
      // An engine of our own is started again here, another one is waited for.
      if (this.#connection?.endpoint.source === 'own')
        await reachDocker()
          .then((again) => again.close())
          .catch(() => undefined);
      const back = await this.ready()
        .then(() => true)
        .catch(() => false);
      if (back) return;
      await delay(LOOK_AGAIN, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  #tell(): void {
    this.#options.events.changed();
  }
}
