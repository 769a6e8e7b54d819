import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { FRAME_LIMIT } from '../contract/frames.ts';
import type { Transport } from '../contract/wire.ts';
import { pipeTransports } from '../engine/host/pipeTransports.ts';
import { addressOf, notHere, refuseUpgrade } from '../engine/host/refusal.ts';
import { webSocketTransport } from '../engine/host/webSocketTransport.ts';
import { Admission } from './admission.ts';
import { listenOnLoopback } from './listenOnLoopback.ts';
import { pageFile } from './pageFiles.ts';
import { guardHeaders } from './pagePolicy.ts';

/** The engine's own door for pages: see engine/host/pageDoor.ts. */
export interface StraightWay {
  /** The WebSocket's address, for one page of this origin, once; null where the engine has no door. */
  admit(origin: string): Promise<string | null>;
  /** Its port; null while there is none. */
  readonly port: number | null;
}

export interface PageServerOptions {
  /** The built page. */
  readonly folder: string;
  /** A port that was asked for must be free; by default the next free one is taken. */
  readonly port: number | undefined;
  /** A connection to the engine for one page, through this process. */
  readonly connect: () => Promise<Transport>;
  /** The way past this process, for pages that can go it. */
  readonly straight?: StraightWay;
  /** Told a fresh link when somebody came with one that was used. */
  readonly onUsedLink?: (link: string) => void;
}

export interface PageServer {
  readonly port: number;
  /** Opens the page for one browser. */
  readonly link: string;
  close(): Promise<void>;
}

/** Serves the page and its WebSocket on loopback. Errors: `port-in-use`. */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 });
  const port = await listenOnLoopback(server, options.port);
  const admission = new Admission(port);
  const link = () => `http://127.0.0.1:${port}/?token=${admission.token}`;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: FRAME_LIMIT });

  server.on('request', (request, response) => {
    respond(request, response, admission, options, link).catch(() => refuse(response, 500, 'Patchbay failed.'));
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = pathOf(request) === '/socket' ? admission.refuseEngine(request) : notHere;
    if (refusal) return refuseUpgrade(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const page = webSocketTransport(webSocket);
      options.connect().then(
        (engine) => pipeTransports(page, engine),
        () => page.close(),
      );
    });
  });
  return {
    port,
    get link() {
      return link();
    },
    close: () => shut(server, sockets),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  admission: Admission,
  { folder, straight, onUsedLink }: PageServerOptions,
  link: () => string,
): Promise<void> {
  const stranger = admission.refuseStranger(request);
  if (stranger) return refuse(response, stranger.status, stranger.says);
  if (request.method === 'POST' && pathOf(request) === '/door') return openDoor(request, response, admission, straight);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET.');
  // Browsers ask for it unasked, and would tell of an error where there is none.
  if (pathOf(request) === '/favicon.ico') return void response.writeHead(204, guardHeaders).end();
  const token = addressOf(request).searchParams.get('token');
  if (token !== null && admission.hasCookie(request)) return redirect(response, {});
  if (token !== null) {
    const use = admission.spend(token);
    if (use === 'good') return redirect(response, { 'Set-Cookie': admission.setCookie });
    if (use === 'used') onUsedLink?.(link());
    return refuse(response, 403, 'This link was used already. Patchbay has printed a fresh one where it was started.');
  }
  if (!admission.hasCookie(request)) return refuse(response, 401, 'Open Patchbay by the link that it printed.');
  const sockets = [request.headers.host, ...(straight?.port ? [`127.0.0.1:${straight.port}`] : [])];
  const file = await pageFile(
    folder,
    pathOf(request),
    sockets.map((it) => `ws://${it}`),
  );
  if (!file) return refuse(response, notHere.status, notHere.says);
  response.writeHead(200, { ...file.headers, 'Content-Length': file.body.length });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

/** Answers the straight way's address; 204 where there is none, and the page comes through here. A page asks as it would for its WebSocket. */
async function openDoor(
  request: IncomingMessage,
  response: ServerResponse,
  admission: Admission,
  straight: StraightWay | undefined,
): Promise<void> {
  const refusal = admission.refuseEngine(request);
  if (refusal) return refuse(response, refusal.status, refusal.says);
  const address = await straight?.admit(`http://${request.headers.host}`);
  const headers = { ...guardHeaders, 'Cache-Control': 'no-store', 'Content-Type': 'text/plain; charset=utf-8' };
  response.writeHead(address ? 200 : 204, headers).end(address ?? undefined);
}

const pathOf = (request: IncomingMessage): string => addressOf(request).pathname;

function redirect(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(303, { ...guardHeaders, 'Cache-Control': 'no-store', Location: '/', ...headers });
  response.end();
}

function refuse(response: ServerResponse, status: number, says: string): void {
  if (response.headersSent) return void response.destroy();
  const policy = "default-src 'none'; frame-ancestors 'none'";
  response.writeHead(status, {
    ...guardHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy,
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
  });
  response.end(`${says}\n`);
}

async function shut(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
