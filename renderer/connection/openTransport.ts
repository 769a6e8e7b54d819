import type { Transport } from '../../electron/contract/wire.ts';
import { openPort } from './portTransport.ts';
import { openWebSocket } from './webSocketTransport.ts';

/** The way to the engine that this shell offers: the desktop window is served from a scheme of its own. */
export const openTransport = (): Promise<Transport> =>
  location.protocol.startsWith('http') ? openWebSocket() : openPort();
