import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { Credentials } from './credentials.ts';
import { SERVER_NAME } from './kubeconfig.ts';

/** So many requests at once get a connection each; further ones wait for theirs. A watch keeps one. */
const CONNECTIONS = 16;

/** Connections to the API server over a way of our own, kept for the next request: each costs an exec through Docker. */
export class ApiAgent extends Agent {
  readonly #open: () => Promise<Duplex>;
  readonly #credentials: Credentials;

  constructor(open: () => Promise<Duplex>, credentials: Credentials) {
    super({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: 4 });
    this.#open = open;
    this.#credentials = credentials;
  }

  /** Node calls it for every new connection; an answer that comes later goes to the callback. Source: Node's documentation of `agent.createConnection`. */
  override createConnection(_options: unknown, done?: (error: Error | null, socket: Duplex) => void): undefined {
    this.#secured().then(
      (socket) => done?.(null, socket),
      // Node looks at the error only, then.
      (error) => done?.(error, undefined as unknown as Duplex),
    );
  }

  async #secured(): Promise<TLSSocket> {
    const { authority, certificate, key } = this.#credentials;
    const pipe = await this.#open();
    const socket = connect({ socket: pipe, ca: authority, cert: certificate, key, servername: SERVER_NAME });
    // TLS over a stream that is no socket does not end with it by itself.
    pipe.once('close', () => socket.destroy());
    socket.once('close', () => pipe.destroy());
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the connection ended before it was secured')));
    });
    return socket;
  }
}
