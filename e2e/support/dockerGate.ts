import { rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { findEndpoint } from '../../electron/engine/docker/findEndpoint.ts';

/** What happens to the making of a container. */
type Making = 'passed' | 'held' | 'refused';

const CREATE = /^POST \/\S*containers\/create/;

/** Docker's socket, with a gate before the making of containers: a start can be held in the middle, and can fail. */
export class DockerGate {
  readonly address: string;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #making: Making = 'passed';
  #waiting: (() => void)[] = [];

  private constructor(path: string, server: Server) {
    this.address = `unix://${path}`;
    this.#server = server;
  }

  /** Null where Docker is not reached by a socket of this machine. */
  static async before(folder: string): Promise<DockerGate | null> {
    const { address } = await findEndpoint();
    if (!address.startsWith('unix://')) return null;
    const path = join(folder, 'gate.sock');
    const server = createServer((client) => gate.#carry(client, address.slice('unix://'.length)));
    const gate = new DockerGate(path, server);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return gate;
  }

  set making(making: Making) {
    this.#making = making;
    for (const go of this.#waiting.splice(0)) go();
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
    rmSync(this.address.slice('unix://'.length), { force: true });
  }

  #carry(client: Socket, path: string): void {
    const docker = connect(path);
    for (const [one, other] of [
      [client, docker],
      [docker, client],
    ] as const) {
      this.#open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
    docker.pipe(client);
    client.on('data', (chunk) => {
      if (!CREATE.test(chunk.subarray(0, 200).toString('latin1'))) return void docker.write(chunk);
      this.#decide(client, () => docker.write(chunk));
    });
    client.on('end', () => docker.end());
  }

  #decide(client: Socket, pass: () => void): void {
    if (this.#making === 'passed') return pass();
    if (this.#making === 'held') return void this.#waiting.push(() => this.#decide(client, pass));
    const body = JSON.stringify({ message: 'no space left on device (a test says so)' });
    client.end(
      `HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
}
