import { z } from 'zod';
import { ErrorView } from './error.ts';

/** What channel 0 carries from a client. Every call carries the contract's version. */
export const Request = z.object({ id: z.int(), v: z.int(), call: z.string(), params: z.unknown() });
export type Request = z.infer<typeof Request>;

/** What channel 0 carries from the engine: the answer to a call, or something that it tells by itself. */
export const Message = z.union([
  // The error first: `result` may be anything, also absent.
  z.object({ id: z.int(), error: ErrorView }),
  z.object({ id: z.int(), result: z.unknown() }),
  z.object({ push: z.string(), payload: z.unknown() }),
]);
export type Message = z.infer<typeof Message>;

/**
 * One connection between a client and the engine, whatever carries it. Frames arrive in order.
 * `close` may be called twice; `onClose` is called once, also after an own `close`.
 */
export interface Transport {
  send(frame: Uint8Array): void;
  close(): void;
  onFrame(listener: (frame: Uint8Array) => void): void;
  onClose(listener: () => void): void;
}
