import { createHash } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { LabError } from '../../../../contract/error.ts';

const LOOPBACK = '127.0.0.1';
const FIRST = 20_000;
const COUNT = 10_000;

export interface Publisher {
  readonly port: number;
  close(): void;
}

/** The port that a run's API is published on when it is free: the same after a restart of the engine, so that a kubeconfig stays right. */
export const preferredPort = (run: string): number =>
  FIRST + (createHash('sha256').update(run).digest().readUInt32BE(0) % COUNT);

/** Every connection to a port on loopback goes to a pipe of its own. Rejects with `port-in-use` only where no port at all can be had. */
export const publish = async (run: string, open: () => Promise<Duplex>): Promise<Publisher> => {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    socket.on('error', () => socket.destroy());
    void carry(socket, open);
  });
  // It is for the learner while the engine runs, and no reason for the engine to stay.
  server.unref();
  const port = await listen(server, preferredPort(run)).catch(() => listen(server, 0));
  return {
    port,
    close() {
      server.close();
      for (const socket of connections) socket.destroy();
    },
  };
};

const carry = async (socket: Socket, open: () => Promise<Duplex>): Promise<void> => {
  try {
    const pipe = await open();
    pipe.on('error', () => pipe.destroy());
    pipe.once('close', () => socket.destroy());
    socket.once('close', () => pipe.destroy());
    if (socket.destroyed) pipe.destroy();
    socket.pipe(pipe).pipe(socket);
  } catch {
    // kubectl says that the connection was reset, and `patchbay check` says why.
    socket.resetAndDestroy();
  }
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(
        new LabError('port-in-use', `The cluster's API could not be published: ${error.message}`, { cause: error }),
      );
    server.once('error', fail);
    server.listen(port, LOOPBACK, () => {
      server.off('error', fail);
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new LabError('internal', 'A server that listens has no address.'));
    });
  });
