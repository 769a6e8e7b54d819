import { engine as calls, docker, runs } from '../../electron/contract/calls.ts';
import { Client } from '../../electron/contract/client.ts';
import type { RunView } from '../../electron/contract/models/run.ts';
import { startDetachedEngine } from '../../electron/engine/host/detachedEngine.ts';
import { NO_GRANTS } from '../../electron/engine/host/grants.ts';
import { joinEngine } from '../../electron/engine/host/join.ts';
import { lockHolder } from '../../electron/engine/host/lock.ts';
import { cli } from './places.ts';
import { until, within } from './waiting.ts';

/** The built engine in a process of its own, reached by the contract over its socket as the command line does. */
export class EngineUnderTest {
  readonly stateDir: string;
  #client: Promise<Client> | null = null;

  constructor(stateDir: string) {
    this.stateDir = stateDir;
  }

  client(): Promise<Client> {
    this.#client ??= joinEngine(this.stateDir, NO_GRANTS, () => startDetachedEngine(this.stateDir, cli)).then(
      (transport) => new Client(transport),
    );
    return this.#client;
  }

  get pid(): number | null {
    return lockHolder(this.stateDir)?.pid ?? null;
  }

  /** So many nodes stand by, and nothing is being made any more. */
  async standby(nodes: number): Promise<void> {
    const client = await this.client();
    await client.call(calls.configure, { pool: nodes, clusters: 'when-started' });
    await until(60_000, `${nodes} nodes on standby`, async () => {
      const status = await client.call(docker.status, {});
      return status.nodes.standby === nodes;
    });
  }

  /** A run with its links made. */
  async start(lab: string, seed: number): Promise<RunView> {
    const client = await this.client();
    const { id } = await client.call(runs.start, { lab, seed, attempt: crypto.randomUUID() });
    const view = await within(60_000, `the start of ${lab}`, client.call(runs.ready, { run: id }));
    if (view.environment.state !== 'running')
      throw new Error(`${id} is ${view.environment.state}: ${JSON.stringify(view.environment)}`);
    return view;
  }

  async destroy(run: string): Promise<void> {
    const client = await this.client();
    await within(60_000, `the end of ${run}`, client.call(runs.destroy, { run }));
  }

  /** Ends it; runs stay until they are destroyed. */
  async stop(): Promise<void> {
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    if (!client) return;
    await client.call(calls.stop, {}).catch(() => undefined);
    await until(30_000, 'the end of the engine', () => lockHolder(this.stateDir) === null);
    client.close();
  }
}
