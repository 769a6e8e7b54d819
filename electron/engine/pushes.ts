import type { z } from 'zod';
import type { Push } from '../contract/token.ts';
import type { PushMessage } from './host/hosted.ts';

/** What the engine tells by itself, to everybody who listens. */
export class Pushes {
  readonly #listeners = new Set<(push: PushMessage) => void>();
  readonly #sentAt = new Map<string, number>();
  readonly #later = new Map<string, NodeJS.Timeout>();

  subscribe(listener: (push: PushMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send<P extends z.ZodType>(token: Push<P>, payload: z.input<P>): void {
    for (const listener of this.#listeners) listener({ name: token.name, payload });
  }

  /**
   * Many changes at once are told as one: what `make` gives when the `key`'s turn comes. The first comes at once, the next `everyMs` later,
   * for a start and a tick are single changes and somebody waits for them.
   */
  sendSoon<P extends z.ZodType>(token: Push<P>, key: string, make: () => z.input<P> | null, everyMs = 20): void {
    const id = `${token.name} ${key}`;
    if (this.#later.has(id)) return;
    const wait = (this.#sentAt.get(id) ?? 0) + everyMs - performance.now();
    this.#later.set(
      id,
      setTimeout(() => this.#send(token, id, make), Math.max(wait, 0)),
    );
  }

  /** Somebody waits for this change: told now, and what was to be told of the same `key` with it. */
  sendNow<P extends z.ZodType>(token: Push<P>, key: string, make: () => z.input<P> | null): void {
    const id = `${token.name} ${key}`;
    clearTimeout(this.#later.get(id));
    this.#send(token, id, make);
  }

  close(): void {
    for (const timer of this.#later.values()) clearTimeout(timer);
    this.#later.clear();
    this.#listeners.clear();
  }

  #send<P extends z.ZodType>(token: Push<P>, id: string, make: () => z.input<P> | null): void {
    this.#later.delete(id);
    this.#sentAt.set(id, performance.now());
    const payload = make();
    if (payload !== null) this.send(token, payload);
  }
}
