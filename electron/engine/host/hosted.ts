import type { z } from 'zod';
import type { Call } from '../../contract/token.ts';
import type { TerminalGateway } from './terminalGateway.ts';

/** One client's connection; a retried call may come over another one. */
export type ConnectionId = string;

export interface CallContext {
  readonly connection: ConnectionId;
}

/** `params` are parsed by the call's schema before a handler sees them. Throws LabError; anything else becomes `internal`. */
export type Handler = (params: never, context: CallContext) => Promise<unknown>;

/**
 * By the call's name: all calls of the contract but `terminals.*` (the front door and the gateway answer those),
 * `engine.stop` and `engine.door` (the host's own).
 */
export type Handlers = Readonly<Record<string, Handler>>;

/** One row of the handler table, checked against the call's own types: `{ ...handle(runs.get, async ({ run }) => ...) }`. */
export const handle = <P extends z.ZodType, R extends z.ZodType>(
  call: Call<P, R>,
  handler: (params: z.output<P>, context: CallContext) => Promise<z.input<R>>,
): Handlers => ({ [call.name]: handler });

export interface PushMessage {
  readonly name: string;
  readonly payload: unknown;
}

/** What the host carries: the engine, seen from its front door. */
export interface Engine {
  readonly handlers: Handlers;
  readonly pushes: { subscribe(listener: (push: PushMessage) => void): () => void };
  readonly terminals: TerminalGateway;
  /** True when no run is in work, so that the engine may end once its last client has left. */
  idle(): boolean;
  /** Puts everything down in order; runs and their containers stay. */
  close(): Promise<void>;
}
