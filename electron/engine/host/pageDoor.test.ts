import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { catalog, docker, engine as engineCalls } from '../../contract/calls.ts';
import { Client } from '../../contract/client.ts';
import { ContractServer } from './contractServer.ts';
import { EngineDouble } from './engineDouble.ts';
import { NO_GRANTS } from './grants.ts';
import { webSocketTransport } from './webSocketTransport.ts';

const origin = 'http://127.0.0.1:4817';
let server: ContractServer;

beforeEach(() => {
  server = new ContractServer(new EngineDouble(), () => {});
});
afterEach(() => {
  vi.useRealTimers();
  server.close();
});

/** The socket, or the status with which it was refused. */
function knock(port: number, path: string, headers: Record<string, string>): Promise<number | WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('open', () => resolve(socket));
    socket.on('error', () => {});
  });
}

async function enter(port: number, ticket: string): Promise<Client> {
  const socket = await knock(port, `/socket?ticket=${ticket}`, { origin });
  if (typeof socket === 'number') throw new Error(`refused: ${socket}`);
  return new Client(webSocketTransport(socket));
}

test('a ticket admits one page, which may do what the shell that asked for it may', async () => {
  const { port, ticket } = await server.admitPage(origin, { hostTerminal: true });
  const client = await enter(port, ticket);
  await expect(client.call(catalog.labs, {})).resolves.toEqual({ labs: [] });
  await expect(client.call(docker.status, {})).resolves.toMatchObject({ hostTerminal: true });
  expect(server.clients).toBe(1);
  expect(await knock(port, `/socket?ticket=${ticket}`, { origin })).toBe(401);
  client.close();
  await vi.waitFor(() => expect(server.clients).toBe(0));
});

test.each<[string, Record<string, string>, number]>([
  ['another site', { origin: 'http://evil.example' }, 403],
  ['another port of this machine', { origin: 'http://127.0.0.1:4818' }, 403],
  ['nobody', {}, 403],
  ['a name of another site (DNS rebinding)', { origin, host: 'evil.example' }, 421],
])('a ticket in the hands of %s is no good', async (_, headers, status) => {
  const { port, ticket } = await server.admitPage(origin, NO_GRANTS);
  expect(await knock(port, `/socket?ticket=${ticket}`, headers)).toBe(status);
  expect(server.clients).toBe(0);
});

test('a ticket that came from elsewhere is spent by it', async () => {
  const { port, ticket } = await server.admitPage(origin, NO_GRANTS);
  await knock(port, `/socket?ticket=${ticket}`, { origin: 'http://evil.example' });
  expect(await knock(port, `/socket?ticket=${ticket}`, { origin })).toBe(401);
});

test.each([
  ['/socket', 401],
  ['/socket?ticket=', 401],
  ['/socket?ticket=made-up', 401],
  ['/other', 404],
])('without a ticket nothing: %s', async (path, status) => {
  const { port } = await server.admitPage(origin, NO_GRANTS);
  expect(await knock(port, path, { origin })).toBe(status);
});

test('a ticket is good for ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { port, ticket } = await server.admitPage(origin, NO_GRANTS);
  vi.advanceTimersByTime(10_001);
  expect(await knock(port, `/socket?ticket=${ticket}`, { origin })).toBe(401);
});

test('there is nothing else behind the door', async () => {
  const { port } = await server.admitPage(origin, NO_GRANTS);
  for (const path of ['/', '/socket', '/index.html'])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
});

test('it opens again on the port of before; where that is taken, on another one', async () => {
  const { port } = await server.admitPage(origin, NO_GRANTS);
  const other = new ContractServer(new EngineDouble(), () => {});
  expect((await other.admitPage(origin, NO_GRANTS, port)).port).not.toBe(port);
  other.close();
  server.close();
  await vi.waitFor(async () => {
    const next = new ContractServer(new EngineDouble(), () => {});
    const again = await next.admitPage(origin, NO_GRANTS, port);
    next.close();
    expect(again.port).toBe(port);
  });
});

test('its pages are shown out when the engine ends', async () => {
  const { port, ticket } = await server.admitPage(origin, NO_GRANTS);
  const client = await enter(port, ticket);
  const closed = new Promise<void>((resolve) => client.onClose(resolve));
  server.close();
  await closed;
  await vi.waitFor(() => expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow());
});

test.each(['http://evil.example', 'https://127.0.0.1:4817', 'http://127.0.0.1:4817/x', 'null'])(
  'no page of %s is let in, whoever asks for it',
  (foreign) => {
    expect(engineCalls.door.params.safeParse({ origin: foreign }).success).toBe(false);
  },
);
