import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Transport } from '../../contract/wire.ts';
import { ContractServer } from './contractServer.ts';
import { decodeGreeting } from './greeting.ts';
import type { Engine } from './hosted.ts';
import { tryLock } from './lock.ts';
import type { ProcessIdentity } from './processIdentity.ts';
import { makeSocketFolder, socketPath } from './socketPath.ts';
import { streamTransport } from './streamTransport.ts';

/** Who connects says at once who it is. Milliseconds. */
const GREETING_WAIT = 5000;

export interface EngineHost {
  readonly server: ContractServer;
  /** Takes leave of the clients, closes the engine, gives the lock back. May be called twice. */
  close(): Promise<void>;
  /** Settles when the engine is down, by `close` or by a client's `engine.stop`. */
  readonly closed: Promise<void>;
}

export type Hosting =
  | { readonly state: 'hosting'; readonly host: EngineHost }
  /** Another process is the engine of this state directory: become its client. */
  | { readonly state: 'taken'; readonly holder: ProcessIdentity };

/** Becomes the engine of this state directory, with a socket that others can join, unless one is there already. */
export async function hostEngine(stateDir: string, createEngine: () => Promise<Engine>): Promise<Hosting> {
  const lock = tryLock(stateDir);
  if (lock.state === 'taken') return lock;
  try {
    const engine = await createEngine();
    return { state: 'hosting', host: await open(stateDir, engine, lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function open(stateDir: string, engine: Engine, release: () => void): Promise<EngineHost> {
  let closing: Promise<void> | null = null;
  let tellClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    tellClosed = resolve;
  });
  // `engine.stop` is answered before the door shuts.
  const server = new ContractServer(engine, () => setImmediate(() => void close()));
  const path = socketPath(stateDir);
  const door = createServer((socket) => admit(socket, server));
  await listen(door, path);

  function close(): Promise<void> {
    closing ??= shut();
    return closing;
  }
  async function shut(): Promise<void> {
    door.close();
    server.close();
    try {
      await engine.close();
    } finally {
      release();
      tellClosed();
    }
  }
  return { server, close, closed };
}

function listen(door: Server, path: string): Promise<void> {
  makeSocketFolder(path);
  // We hold the lock, so what lies there is a dead engine's.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    // The folder is 0700 already; the mode of the socket itself is the second lock on the door.
    door.listen(path, () => {
      if (process.platform !== 'win32') chmodSync(path, 0o600);
      resolve();
    });
  });
}

function admit(socket: Socket, server: ContractServer): void {
  const transport = streamTransport(socket);
  const late = setTimeout(() => transport.close(), GREETING_WAIT);
  let forward: ((frame: Uint8Array) => void) | null = null;
  transport.onFrame((frame) => {
    if (forward) return forward(frame);
    clearTimeout(late);
    const grants = decodeGreeting(frame);
    if (!grants) return transport.close();
    const greeted: Transport = {
      ...transport,
      onFrame: (listener) => {
        forward = listener;
      },
    };
    server.connect(greeted, grants);
  });
  transport.onClose(() => clearTimeout(late));
}
