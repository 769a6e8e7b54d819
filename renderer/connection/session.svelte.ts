import type { z } from 'zod';
import { Client } from '../../electron/contract/client.ts';
import { LabError } from '../../electron/contract/error.ts';
import type { Call, Push } from '../../electron/contract/token.ts';
import type { Transport } from '../../electron/contract/wire.ts';

/** Milliseconds before each further try to connect; the last one repeats. */
const pauses = [100, 300, 700, 1500, 3000];

type Subscription = (client: Client) => () => void;

/** The page's lasting conversation with the engine: a client that is replaced, silently, whenever its connection is lost. */
export class Session {
  readonly #open: () => Promise<Transport>;
  readonly #wait: (ms: number) => Promise<void>;
  readonly #subscriptions = new Map<Subscription, () => void>();
  readonly #connected = new Set<(client: Client) => void>();
  #ready = new Deferred<Client>();
  #client: Client | null = null;
  #ended = false;
  /** `lost` only after it was open once. */
  state = $state<'connecting' | 'open' | 'lost'>('connecting');

  constructor(open: () => Promise<Transport>, wait: (ms: number) => Promise<void> = sleep) {
    this.#open = open;
    this.#wait = wait;
    void this.#connect();
  }

  /** Waits for a connection, and sends again what a lost one left unanswered. What must not be done twice carries an attempt id. */
  async call<P extends z.ZodType, R extends z.ZodType>(token: Call<P, R>, params: z.input<P>): Promise<z.output<R>> {
    for (;;) {
      const client = await this.#ready.promise;
      try {
        return await client.call(token, params);
      } catch (thrown) {
        const error = LabError.from(thrown);
        if (error.code !== 'engine-gone' || this.#ended) throw error;
        this.#lose(client);
      }
    }
  }

  /** Listens on this connection and on every later one. Returns the function that ends it. */
  on<P extends z.ZodType>(token: Push<P>, listener: (payload: z.output<P>) => void): () => void {
    const subscription: Subscription = (client) => client.on(token, listener);
    this.#subscriptions.set(subscription, this.#client ? subscription(this.#client) : () => {});
    return () => {
      this.#subscriptions.get(subscription)?.();
      this.#subscriptions.delete(subscription);
    };
  }

  /** Called with each new connection, now too if one is open: the place to read state anew. */
  onConnected(listener: (client: Client) => void): () => void {
    this.#connected.add(listener);
    if (this.#client) listener(this.#client);
    return () => this.#connected.delete(listener);
  }

  /** The present connection, for what belongs to one connection only; nothing happens without one. */
  withClient(use: (client: Client) => void): void {
    if (this.#client) use(this.#client);
  }

  end(): void {
    this.#ended = true;
    this.#client?.close();
  }

  async #connect(): Promise<void> {
    for (let tries = 0; !this.#ended; tries++) {
      try {
        return this.#take(new Client(await this.#open()));
      } catch {
        await this.#wait(pauses[Math.min(tries, pauses.length - 1)] ?? 0);
      }
    }
  }

  #take(client: Client): void {
    this.#client = client;
    this.state = 'open';
    // Before anybody is told: a push must not be missed between the first read and its subscription.
    for (const subscription of this.#subscriptions.keys()) this.#subscriptions.set(subscription, subscription(client));
    client.onClose(() => this.#lose(client));
    this.#ready.resolve(client);
    for (const listener of this.#connected) listener(client);
  }

  #lose(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#ready = new Deferred();
    this.state = 'lost';
    if (!this.#ended) void this.#connect();
  }
}

/** A promise that is settled from outside. */
class Deferred<T> {
  resolve: (value: T) => void = () => {};
  readonly promise = new Promise<T>((resolve) => {
    this.resolve = resolve;
  });
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
