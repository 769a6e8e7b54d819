import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { catalog } from '../contract/calls.ts';
import { Client } from '../contract/client.ts';
import { LabError } from '../contract/error.ts';
import { ContractServer } from '../engine/host/contractServer.ts';
import { EngineDouble } from '../engine/host/engineDouble.ts';
import { NO_GRANTS } from '../engine/host/grants.ts';
import { streamTransport } from '../engine/host/streamTransport.ts';
import { webSocketTransport } from '../engine/host/webSocketTransport.ts';
import { EngineLine } from './engineLine.ts';
import { type PageServer, startPageServer } from './pageServer.ts';

let folder: string;
let server: PageServer;
let line: EngineLine;
let cookie: string;
const contract = new ContractServer(new EngineDouble(), () => {});
const onUsedLink = vi.fn();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'not the page');
  writeFileSync(join(folder, 'page', 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(folder, 'page', 'assets', 'x.js'), 'export {}');
  const connect = async () => {
    const [near, far] = duplexPair();
    contract.connect(streamTransport(far), NO_GRANTS);
    return streamTransport(near);
  };
  line = new EngineLine(connect);
  server = await startPageServer({
    folder: join(folder, 'page'),
    port: undefined,
    onUsedLink,
    connect,
    straight: line,
  });
});
afterAll(async () => {
  line.close();
  contract.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `path` goes over the wire as it is: `fetch` would tidy it up. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

const pathOf = (link: string) => link.slice(link.indexOf('/?'));

test('the link opens the page once: a redirect without the token, an HttpOnly SameSite cookie', async () => {
  const link = server.link;
  const { status, headers } = await get(pathOf(link));
  expect(status).toBe(303);
  expect(headers.location).toBe('/');
  const [set = ''] = headers['set-cookie'] ?? [];
  expect(set).toMatch(/^patchbay-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/);
  cookie = set.split(';')[0] ?? '';
  expect(server.link).not.toBe(link);
  const again = await get(pathOf(link));
  expect(again.status).toBe(403);
  expect(again.headers['set-cookie']).toBeUndefined();
  expect(onUsedLink).toHaveBeenCalledWith(server.link);
  // The browser that has it already just gets the page.
  expect((await get(pathOf(link), { cookie })).status).toBe(303);
});

test('the page under a strict policy, with a nonce of its own each time', async () => {
  const one = await get('/', { cookie });
  const two = await get('/', { cookie });
  expect(one.status).toBe(200);
  const policy = String(one.headers['content-security-policy']);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(one.body).toBe(`<meta name="csp-nonce" content="${nonce}">`);
  expect(two.body).not.toBe(one.body);
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toContain('unsafe');
  expect(one.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
});

test('assets have their type and may be kept', async () => {
  const { status, headers } = await get('/assets/x.js', { cookie });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(headers['cache-control']).toContain('immutable');
});

test.each([
  '/../secret.html',
  '/..%2fsecret.html',
  '/%2e%2e/secret.html',
  '/assets/../../secret.html',
  '/%00',
  '/%zz',
  '//etc/passwd',
  '/nothing.js',
])('nothing but the page: %s', async (path) => {
  expect((await get(path, { cookie })).status).toBe(404);
});

test('without the cookie nothing', async () => {
  expect((await get('/')).status).toBe(401);
  expect((await get('/assets/x.js')).status).toBe(401);
  expect((await get('/', { cookie: `${cookie}x` })).status).toBe(401);
  expect((await get('/?token=wrong')).status).toBe(403);
  expect((await get('/', { cookie }, 'POST')).status).toBe(405);
});

test('another name for this machine is refused (DNS rebinding), another origin too', async () => {
  expect((await get('/', { cookie, host: `evil.example:${server.port}` })).status).toBe(421);
  expect((await get('/', { cookie, host: '127.0.0.1' })).status).toBe(421);
  expect((await get('/', { cookie, origin: 'http://evil.example' })).status).toBe(403);
  expect((await get('/', { cookie, host: `localhost:${server.port}` })).status).toBe(200);
});

function socket(headers: Record<string, string>, path = '/socket'): Promise<number | WebSocket> {
  const webSocket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
  return new Promise((resolve) => {
    webSocket.once('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    webSocket.once('open', () => resolve(webSocket));
    webSocket.on('error', () => {});
  });
}

test('a WebSocket without the cookie, or from elsewhere, is refused', async () => {
  const origin = `http://127.0.0.1:${server.port}`;
  expect(await socket({ origin })).toBe(401);
  expect(await socket({ origin, cookie: 'patchbay=x' })).toBe(401);
  expect(await socket({ cookie })).toBe(403);
  expect(await socket({ cookie, origin: 'http://evil.example' })).toBe(403);
  expect(await socket({ cookie, origin: `http://127.0.0.1:${server.port + 1}` })).toBe(403);
  expect(await socket({ cookie, origin: 'null' })).toBe(403);
  expect(await socket({ cookie, origin: `http://evil:${server.port}`, host: `evil:${server.port}` })).toBe(421);
  expect(await socket({ cookie, origin }, '/other')).toBe(404);
});

test('the contract over a WebSocket; text ends it', async () => {
  const headers = { cookie, origin: `http://127.0.0.1:${server.port}` };
  const open = await socket(headers);
  if (typeof open === 'number') throw new Error(`refused: ${open}`);
  const client = new Client(webSocketTransport(open));
  await expect(client.call(catalog.labs, {})).resolves.toEqual({ labs: [] });
  const closed = new Promise<void>((resolve) => client.onClose(resolve));
  open.send('text');
  await closed;
  await vi.waitFor(() => expect(contract.clients).toBe(0));
});

test('who may not open a WebSocket gets no ticket for one', async () => {
  const origin = `http://127.0.0.1:${server.port}`;
  const asked = (headers: Record<string, string>) => get('/door', headers, 'POST');
  expect((await asked({ origin })).status).toBe(401);
  expect((await asked({ origin, cookie: 'patchbay=x' })).status).toBe(401);
  expect((await asked({ cookie })).status).toBe(403);
  expect((await asked({ cookie, origin: 'http://evil.example' })).status).toBe(403);
  expect((await asked({ cookie, origin: `http://evil:${server.port}`, host: `evil:${server.port}` })).status).toBe(421);
  expect((await get('/door', { cookie, origin })).status).toBe(404);
});

test('straight to the engine: a ticket for this page, and a policy that names the port', async () => {
  await line.open(`http://127.0.0.1:${server.port}`);
  const { headers } = await get('/', { cookie });
  expect(headers['content-security-policy']).toContain(
    `connect-src 'self' ws://127.0.0.1:${server.port} ws://127.0.0.1:${line.port};`,
  );
  const origin = `http://127.0.0.1:${server.port}`;
  const { status, body, headers: told } = await get('/door', { cookie, origin }, 'POST');
  expect(status).toBe(200);
  expect(told['cache-control']).toBe('no-store');
  expect(body).toMatch(new RegExp(`^ws://127\\.0\\.0\\.1:${line.port}/socket\\?ticket=[\\w-]{32}$`));
  const page = new Client(webSocketTransport(await opened(new WebSocket(body, { headers: { origin } }))));
  await expect(page.call(catalog.labs, {})).resolves.toEqual({ labs: [] });
  page.close();
});

test('after the engine has ended its line is a new one', async () => {
  const engines: ContractServer[] = [];
  const fresh = new EngineLine(async () => {
    const [near, far] = duplexPair();
    const engine = new ContractServer(new EngineDouble(), () => {});
    engines.push(engine);
    engine.connect(streamTransport(far), NO_GRANTS);
    return streamTransport(near);
  });
  const origin = 'http://127.0.0.1:4817';
  await fresh.open(origin);
  engines[0]?.close();
  await vi.waitFor(async () => expect(await fresh.admit(origin)).toMatch(/^ws:/));
  expect(engines).toHaveLength(2);
  fresh.close();
  engines[1]?.close();
});

test('an engine that has no door, or does not start, is reached through the shell', async () => {
  const none = new EngineLine(() => Promise.reject(new LabError('engine-gone', 'It did not start.')));
  await expect(none.admit('http://127.0.0.1:4817')).resolves.toBeNull();
  await expect(none.open('http://127.0.0.1:4817')).rejects.toMatchObject({ code: 'engine-gone' });
});

const opened = (webSocket: WebSocket): Promise<WebSocket> =>
  new Promise((resolve, reject) => webSocket.once('open', () => resolve(webSocket)).once('error', reject));

test('a port that was asked for and is taken is an error; else the next free one', async () => {
  const options = { folder, connect: () => Promise.reject(new Error('no')) };
  await expect(startPageServer({ ...options, port: server.port })).rejects.toMatchObject({
    code: 'port-in-use',
    hint: expect.stringContaining('--port'),
  });
  const other = await startPageServer({ ...options, port: undefined });
  expect(other.port).toBeGreaterThan(server.port);
  await other.close();
});

test('it listens on loopback alone', async () => {
  const probe = createServer();
  // Another address of this machine still has the port free.
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(server.port, '127.0.0.2', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
});
