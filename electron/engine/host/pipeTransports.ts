import type { Transport } from '../../contract/wire.ts';

/** Two transports as one: frames pass unread in both directions, and when one ends so does the other. */
export function pipeTransports(one: Transport, other: Transport): void {
  one.onFrame((frame) => other.send(frame));
  other.onFrame((frame) => one.send(frame));
  one.onClose(() => other.close());
  other.onClose(() => one.close());
}
