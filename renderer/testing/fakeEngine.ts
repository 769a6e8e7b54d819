import type { z } from 'zod';
import { LabError } from '../../electron/contract/error.ts';
import { ACK, CONTROL, decodeAck, decodeFrame, encodeFrame } from '../../electron/contract/frames.ts';
import type { Call, Push } from '../../electron/contract/token.ts';
import { type Message, Request, type Transport } from '../../electron/contract/wire.ts';

type Handler = (params: unknown) => unknown;

/** The other end of the page's transport, for tests of the page alone: each call is answered by what the test says. */
export class FakeEngine {
  readonly #handlers = new Map<string, Handler>();
  readonly #connections = new Set<Connection>();
  readonly calls: { name: string; params: unknown }[] = [];
  readonly typed: { channel: number; text: string }[] = [];
  readonly acked: { channel: number; bytes: number }[] = [];
  /** False: nobody answers, and connecting fails. */
  up = true;

  /** What a call answers from now on; a thrown LabError becomes the call's error. */
  answer<P extends z.ZodType, R extends z.ZodType>(
    token: Call<P, R>,
    handler: (params: z.output<P>) => z.input<R> | Promise<z.input<R>>,
  ): this {
    this.#handlers.set(token.name, (params) => handler(token.params.parse(params)));
    return this;
  }

  push<P extends z.ZodType>(token: Push<P>, payload: z.input<P>): void {
    for (const it of this.#connections) it.tell({ push: token.name, payload });
  }

  bytes(channel: number, text: string): void {
    for (const it of this.#connections) it.deliver(encodeFrame(channel, new TextEncoder().encode(text)));
  }

  /** Ends every connection, as a dying engine does. */
  drop(): void {
    for (const it of [...this.#connections]) it.transport.close();
  }

  callsOf(token: Call): unknown[] {
    return this.calls.filter((it) => it.name === token.name).map((it) => it.params);
  }

  readonly open = async (): Promise<Transport> => {
    if (!this.up) throw new Error('nobody answers');
    const connection = new Connection((frame) => void this.#receive(connection, frame));
    connection.transport.onClose(() => this.#connections.delete(connection));
    this.#connections.add(connection);
    return connection.transport;
  };

  async #receive(connection: Connection, bytes: Uint8Array): Promise<void> {
    const frame = decodeFrame(bytes);
    if (!frame) return;
    if (frame.channel === ACK) {
      const ack = decodeAck(frame.payload);
      if (ack) this.acked.push(ack);
    } else if (frame.channel !== CONTROL) {
      this.typed.push({ channel: frame.channel, text: new TextDecoder().decode(frame.payload) });
    } else {
      const request = Request.parse(JSON.parse(new TextDecoder().decode(frame.payload)));
      this.calls.push({ name: request.call, params: request.params });
      connection.tell(await this.#reply(request));
    }
  }

  async #reply({ id, call, params }: Request): Promise<Message> {
    try {
      const handler = this.#handlers.get(call);
      if (!handler) throw new LabError('internal', `the test does not answer ${call}`);
      return { id, result: await handler(params) };
    } catch (thrown) {
      return { id, error: LabError.from(thrown).toView() };
    }
  }
}

class Connection {
  readonly #closeListeners: (() => void)[] = [];
  #frameListener: (frame: Uint8Array) => void = () => {};
  #closed = false;
  readonly transport: Transport;

  constructor(receive: (frame: Uint8Array) => void) {
    this.transport = {
      send: (frame) => queueMicrotask(() => receive(frame)),
      close: () => {
        if (this.#closed) return;
        this.#closed = true;
        for (const listener of this.#closeListeners) listener();
      },
      onFrame: (listener) => {
        this.#frameListener = listener;
      },
      onClose: (listener) => this.#closeListeners.push(listener),
    };
  }

  tell(message: Message): void {
    this.deliver(encodeFrame(CONTROL, new TextEncoder().encode(JSON.stringify(message))));
  }

  deliver(frame: Uint8Array): void {
    if (!this.#closed) this.#frameListener(frame);
  }
}
