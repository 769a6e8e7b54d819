import type { z } from 'zod';
import { ErrorView, LabError } from './error.ts';
import { CONTROL, decodeFrame, encodeAck, encodeFrame } from './frames.ts';
import { type Call, CONTRACT_VERSION, type Push } from './token.ts';
import { Message, type Transport } from './wire.ts';

interface Waiting {
  readonly call: Call;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: LabError) => void;
}

/** The contract from a client's side, over any transport. Renderer, CLI and tests use this and nothing else. */
export class Client {
  readonly #transport: Transport;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>();
  readonly #channels = new Map<number, (bytes: Uint8Array) => void>();
  /** Bytes of a terminal that arrived between the engine's answer and the page's `onBytes`. */
  readonly #early = new Map<number, Uint8Array[]>();
  readonly #closeListeners = new Set<() => void>();
  #nextId = 1;
  #closed = false;

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.onFrame((bytes) => this.#receive(bytes));
    transport.onClose(() => this.#end());
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Rejects with a LabError: the engine's own, or `engine-gone` when the connection ends first. */
  call<P extends z.ZodType, R extends z.ZodType>(token: Call<P, R>, params: z.input<P>): Promise<z.output<R>> {
    if (this.#closed) return Promise.reject(gone());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      // The map holds calls of every type; the result is parsed by this call's own schema before it gets here.
      this.#waiting.set(id, { call: token, resolve: resolve as (result: unknown) => void, reject });
      const request = { id, v: CONTRACT_VERSION, call: token.name, params };
      this.#transport.send(encodeFrame(CONTROL, new TextEncoder().encode(JSON.stringify(request))));
    });
  }

  /** Returns the function that ends the subscription. */
  on<P extends z.ZodType>(token: Push<P>, listener: (payload: z.output<P>) => void): () => void {
    const set = this.#listeners.get(token.name) ?? new Set();
    this.#listeners.set(token.name, set);
    const parsed = (payload: unknown) => {
      const read = token.payload.safeParse(payload);
      if (read.success) listener(read.data);
    };
    set.add(parsed);
    return () => set.delete(parsed);
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#closeListeners.add(listener);
  }

  /** Takes a terminal's bytes. Acknowledge what was drawn with `ack`, or the engine stops sending. */
  onBytes(channel: number, listener: (bytes: Uint8Array) => void): () => void {
    this.#channels.set(channel, listener);
    for (const bytes of this.#early.get(channel) ?? []) listener(bytes);
    this.#early.delete(channel);
    return () => this.#channels.delete(channel);
  }

  sendBytes(channel: number, bytes: Uint8Array): void {
    if (!this.#closed) this.#transport.send(encodeFrame(channel, bytes));
  }

  ack(channel: number, bytes: number): void {
    if (!this.#closed) this.#transport.send(encodeAck(channel, bytes));
  }

  close(): void {
    this.#transport.close();
  }

  #receive(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (!frame) return this.close();
    if (frame.channel === CONTROL) return this.#control(frame.payload);
    const listener = this.#channels.get(frame.channel);
    if (listener) return listener(frame.payload);
    const early = this.#early.get(frame.channel) ?? [];
    early.push(frame.payload);
    this.#early.set(frame.channel, early);
  }

  #control(payload: Uint8Array): void {
    const message = Message.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    if (!message.success) return this.close();
    if ('push' in message.data) {
      for (const listener of this.#listeners.get(message.data.push) ?? []) listener(message.data.payload);
      return;
    }
    const waiting = this.#waiting.get(message.data.id);
    if (!waiting) return;
    this.#waiting.delete(message.data.id);
    if ('error' in message.data) return waiting.reject(LabError.fromView(ErrorView.parse(message.data.error)));
    const result = waiting.call.result.safeParse(message.data.result);
    if (result.success) waiting.resolve(result.data);
    else
      waiting.reject(
        new LabError('contract-version', `The engine's answer to ${waiting.call.name} has an unknown shape.`, {
          cause: result.error,
        }),
      );
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const waiting of this.#waiting.values()) waiting.reject(gone());
    this.#waiting.clear();
    for (const listener of this.#closeListeners) listener();
  }
}

const gone = () =>
  new LabError('engine-gone', 'The connection to the engine ended before it answered.', {
    hint: 'Nothing that was acknowledged is lost. Patchbay connects again by itself; the same request can be sent once more.',
  });
