import { engine as calls } from '../contract/calls.ts';
import { Client } from '../contract/client.ts';
import { LabError } from '../contract/error.ts';
import type { Transport } from '../contract/wire.ts';
import type { StraightWay } from './pageServer.ts';

/** The browser shell's own line to the engine: keeps it up while no page is open, and asks it to let pages in. */
export class EngineLine implements StraightWay {
  readonly #connect: () => Promise<Transport>;
  #client: Promise<Client> | null = null;
  #port: number | undefined;

  constructor(connect: () => Promise<Transport>) {
    this.#connect = connect;
  }

  get port(): number | null {
    return this.#port ?? null;
  }

  /** Rejects when there can be no engine. Asks for a ticket that nobody uses, so that the first page's policy names the port. */
  async open(origin: string): Promise<void> {
    await this.#engine();
    await this.admit(origin);
  }

  async admit(origin: string): Promise<string | null> {
    try {
      const client = await this.#engine();
      const { port, ticket } = await client.call(calls.door, { origin, port: this.#port });
      this.#port = port;
      return `ws://127.0.0.1:${port}/socket?ticket=${ticket}`;
    } catch (thrown) {
      // An engine of an earlier version, or none at all: the page learns the rest when it comes through this process.
      const { code } = LabError.from(thrown);
      if (code === 'not-found' || code === 'contract-version' || code === 'engine-gone') return null;
      throw thrown;
    }
  }

  close(): void {
    void this.#client?.then((client) => client.close()).catch(() => undefined);
  }

  /** The engine that was there, or, when that one has ended, another one. */
  #engine(): Promise<Client> {
    this.#client ??= this.#connect().then((transport) => {
      const client = new Client(transport);
      client.onClose(() => (this.#client = null));
      return client;
    });
    this.#client.catch(() => (this.#client = null));
    return this.#client;
  }
}
