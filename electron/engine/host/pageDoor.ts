import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { FRAME_LIMIT } from '../../contract/frames.ts';
import type { Transport } from '../../contract/wire.ts';
import type { Grants } from './grants.ts';
import { listens } from './listens.ts';
import { addressOf, notHere, type Refusal, refuseUpgrade } from './refusal.ts';
import { webSocketTransport } from './webSocketTransport.ts';

/** A ticket that nobody came with is worth nothing after this. Milliseconds. */
const TICKET_LIFE = 10_000;

interface Ticket {
  readonly origin: string;
  readonly grants: Grants;
  readonly until: number;
}

interface Place {
  readonly server: Server;
  readonly port: number;
}

/**
 * Where a page in a browser comes straight to the engine: a WebSocket on loopback. Through the browser shell's process each key would take 0.7 ms
 * longer and each byte of output be copied once more. Who may come is that shell's affair: it asks for a ticket for each page that it has let
 * in, and a ticket admits one page of one origin, once, within ten seconds. The door opens with the first ticket.
 */
export class PageDoor {
  readonly #connect: (page: Transport, grants: Grants) => void;
  readonly #tickets = new Map<string, Ticket>();
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: FRAME_LIMIT });
  #place: Promise<Place> | null = null;

  constructor(connect: (page: Transport, grants: Grants) => void) {
    this.#connect = connect;
  }

  /** `wanted`: the port to open the door on, where it is not open yet and that one is free. */
  async ticket(origin: string, grants: Grants, wanted = 0): Promise<{ port: number; ticket: string }> {
    this.#place ??= this.#open(wanted);
    const { port } = await this.#place;
    for (const [late, { until }] of this.#tickets) if (until < performance.now()) this.#tickets.delete(late);
    const ticket = randomBytes(24).toString('base64url');
    this.#tickets.set(ticket, { origin, grants, until: performance.now() + TICKET_LIFE });
    return { port, ticket };
  }

  async close(): Promise<void> {
    const { server } = (await this.#place) ?? {};
    for (const socket of this.#sockets.clients) socket.terminate();
    server?.closeAllConnections();
    server?.close();
  }

  async #open(wanted: number): Promise<Place> {
    const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 }, (_, response) =>
      response.writeHead(notHere.status, { 'Content-Type': 'text/plain' }).end(notHere.says),
    );
    if (!(await listens(server, wanted))) await listens(server, 0);
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a door on loopback has a port');
    const { port } = address;
    server.on('upgrade', (request, socket, head) => this.#answer(port, request, socket, head));
    return { server, port };
  }

  #answer(port: number, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const admitted = this.#admit(port, request);
    if ('status' in admitted) return refuseUpgrade(socket, admitted);
    this.#sockets.handleUpgrade(request, socket, head, (page) => this.#connect(webSocketTransport(page), admitted));
  }

  #admit(port: number, request: IncomingMessage): Grants | Refusal {
    const { pathname, searchParams } = addressOf(request);
    // By another name it would be another site's (DNS rebinding).
    if (request.headers.host !== `127.0.0.1:${port}`)
      return { status: 421, says: 'The engine answers only by its loopback address.' };
    if (pathname !== '/socket') return notHere;
    const given = searchParams.get('ticket') ?? '';
    const ticket = this.#tickets.get(given);
    // Spent, whoever came with it.
    this.#tickets.delete(given);
    if (!ticket || ticket.until < performance.now()) return { status: 401, says: 'This ticket is not good.' };
    if (request.headers.origin !== ticket.origin)
      return { status: 403, says: 'This page may not speak to the engine.' };
    return ticket.grants;
  }
}
