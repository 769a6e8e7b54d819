import { docker, engine as engineCalls } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import { ACK, CONTROL, decodeAck, decodeFrame, encodeFrame } from '../../contract/frames.ts';
import { runRemoved } from '../../contract/pushes.ts';
import { type Call, CONTRACT_VERSION } from '../../contract/token.ts';
import { Request, type Transport } from '../../contract/wire.ts';
import { callTable } from './callTable.ts';
import { Channels } from './channels.ts';
import { type ContractServer, statusFor } from './contractServer.ts';
import type { Grants } from './grants.ts';
import { type ConnectionId, type Handler, handle, type PushMessage } from './hosted.ts';
import { inputError } from './inputError.ts';
import { terminalHandlers } from './terminalHandlers.ts';

/** One client: reads its requests, runs them side by side, answers each; carries its terminals' bytes. */
export class Connection {
  readonly id: ConnectionId;
  readonly #transport: Transport;
  readonly #grants: Grants;
  readonly #server: ContractServer;
  readonly #channels: Channels;
  /** What depends on whose connection this is. */
  readonly #own: Readonly<Record<string, Handler>>;

  constructor(id: ConnectionId, transport: Transport, grants: Grants, server: ContractServer) {
    this.id = id;
    this.#transport = transport;
    this.#grants = grants;
    this.#server = server;
    this.#channels = new Channels((channel, bytes) => transport.send(encodeFrame(channel, bytes)));
    this.#own = {
      ...terminalHandlers(server.engine.terminals, this.#channels, grants, server.hostTerminals),
      // A page may do what the shell that lets it in may.
      ...handle(engineCalls.door, ({ origin, port }) => server.admitPage(origin, grants, port)),
    };
    transport.onFrame((bytes) => this.#receive(bytes));
  }

  push({ name, payload }: PushMessage): void {
    this.#send({ push: name, payload });
    const removed = name === runRemoved.name ? runRemoved.payload.safeParse(payload).data : undefined;
    if (removed) this.#channels.leave(removed);
  }

  close(): void {
    this.#transport.close();
  }

  /** The client is gone: its terminals live on without it. */
  end(): void {
    this.#channels.detachAll();
  }

  #receive(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (!frame) return this.close();
    if (frame.channel === CONTROL) return this.#control(frame.payload);
    if (frame.channel !== ACK) return this.#channels.input(frame.channel, frame.payload);
    const ack = decodeAck(frame.payload);
    if (!ack) return this.close();
    this.#channels.ack(ack.channel, ack.bytes);
  }

  /** What is no request at all ends the connection: there is no id to answer to. */
  #control(payload: Uint8Array): void {
    const request = Request.safeParse(readJson(payload));
    if (!request.success) return this.close();
    const { id } = request.data;
    this.#answer(request.data).then(
      (result) => this.#send({ id, result: result ?? {} }),
      (thrown: unknown) => this.#send({ id, error: LabError.from(thrown).toView() }),
    );
  }

  async #answer({ v, call: name, params }: Request): Promise<unknown> {
    // An engine of another version can at least be ended.
    if (v !== CONTRACT_VERSION && name !== engineCalls.stop.name)
      throw new LabError('contract-version', `The engine speaks version ${CONTRACT_VERSION}, this client ${v}.`, {
        hint: 'An engine of another version of Patchbay is running. Close every Patchbay window, or run `patchbay engine --stop`, and start again.',
        data: { engine: CONTRACT_VERSION, client: v },
      });
    const call = callTable.get(name);
    if (!call) throw new LabError('not-found', `There is no call named ${JSON.stringify(name.slice(0, 80))}.`);
    return this.#run(call, params);
  }

  async #run(call: Call, params: unknown): Promise<unknown> {
    const read = call.params.safeParse(params);
    if (!read.success) throw inputError(call.name, read.error);
    if (call.name === engineCalls.stop.name) return this.#server.stop();
    const handlers = this.#server.engine.handlers;
    const handler = this.#own[call.name] ?? (Object.hasOwn(handlers, call.name) ? handlers[call.name] : undefined);
    if (!handler) throw new LabError('not-found', `This engine does not answer ${call.name} yet.`);
    // The row's own type was checked against this call when it was made (`handle`), and its schema has just parsed these.
    const result = await handler(read.data as never, { connection: this.id });
    return call.result === docker.status.result ? statusFor(this.#grants, result) : result;
  }

  #send(message: unknown): void {
    this.#transport.send(encodeFrame(CONTROL, new TextEncoder().encode(JSON.stringify(message))));
  }
}

const readJson = (payload: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
};
