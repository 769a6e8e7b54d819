import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catalog, engine as engineCalls } from '../../contract/calls.ts';
import { Client } from '../../contract/client.ts';
import type { Transport } from '../../contract/wire.ts';
import { EngineDouble } from './engineDouble.ts';
import { type EngineHost, hostEngine } from './engineHost.ts';
import { NO_GRANTS } from './grants.ts';
import { connectToEngine, joinEngine } from './join.ts';
import type { Port } from './portTransport.ts';
import { runStandaloneEngine } from './standaloneEngine.ts';
import { runUtilityEngine } from './utilityEngine.ts';

let state: string;
let hosts: EngineHost[];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'patchbay-host-'));
  hosts = [];
});
afterEach(async () => {
  for (const host of hosts) await host.close();
  rmSync(state, { recursive: true });
});

async function host(engine = new EngineDouble()): Promise<EngineHost> {
  const hosting = await hostEngine(state, async () => engine);
  if (hosting.state === 'taken') throw new Error('taken');
  hosts.push(hosting.host);
  return hosting.host;
}

const clientOf = async (): Promise<Client> => {
  const transport = await connectToEngine(state, NO_GRANTS);
  if (!transport) throw new Error('no engine');
  return new Client(transport);
};

test('nobody listens: null', async () => {
  expect(await connectToEngine(state, NO_GRANTS)).toBeNull();
});

test('one engine per state directory; a second process becomes its client', async () => {
  await host();
  expect(await hostEngine(state, async () => new EngineDouble())).toMatchObject({ state: 'taken' });
  const client = await clientOf();
  await expect(client.call(catalog.labs, {})).resolves.toEqual({ labs: [] });
});

test('the socket is the user’s alone, and what a dead engine left does not matter', async () => {
  writeFileSync(join(state, 'engine.sock'), '');
  await host();
  expect(statSync(join(state, 'engine.sock')).mode & 0o777).toBe(0o600);
  expect(statSync(state).mode & 0o777).toBe(0o700);
});

test('who does not greet is shown out', async () => {
  await host();
  const socket = connect(join(state, 'engine.sock'));
  socket.write(Buffer.from([0, 0, 0, 6, 0, 0, 0, 0, 0x7b, 0x7d]));
  await new Promise((resolve) => socket.on('close', resolve));
});

test('engine.stop is answered, then the engine closes and gives the lock back', async () => {
  const engine = new EngineDouble();
  const { closed } = await host(engine);
  await expect((await clientOf()).call(engineCalls.stop, {})).resolves.toEqual({});
  await closed;
  expect(engine.closed).toBe(1);
  await host();
});

test('an engine that cannot be made gives the lock back', async () => {
  await expect(hostEngine(state, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await host();
});

test('joining starts an engine where none runs, once', async () => {
  const start = vi.fn(() => {
    setTimeout(() => void host(), 100);
    return { ended: new Promise<never>(() => {}) };
  });
  const one = new Client(await joinEngine(state, NO_GRANTS, start));
  const two = new Client(await joinEngine(state, NO_GRANTS, start));
  await expect(one.call(catalog.labs, {})).resolves.toBeDefined();
  await expect(two.call(catalog.labs, {})).resolves.toBeDefined();
  expect(start).toHaveBeenCalledOnce();
});

test('joining an engine on its way down starts the next one when it is down', async () => {
  const engine = new EngineDouble();
  let putDown = () => {};
  engine.close = () => new Promise((resolve) => (putDown = resolve));
  const first = await host(engine);
  const closing = first.close();
  const start = vi.fn(() => {
    void host();
    return { ended: new Promise<never>(() => {}) };
  });
  const joining = joinEngine(state, NO_GRANTS, start);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(start).not.toHaveBeenCalled();
  putDown();
  await closing;
  await expect(new Client(await joining).call(catalog.labs, {})).resolves.toBeDefined();
  expect(start).toHaveBeenCalledOnce();
});

test('an engine that ends at once is told with its last words', async () => {
  const start = () => ({ ended: Promise.resolve({ log: 'no labs here' }) });
  await expect(joinEngine(state, NO_GRANTS, start)).rejects.toMatchObject({
    code: 'engine-gone',
    data: { log: 'no labs here' },
  });
});

test('alone and idle for long enough, a standalone engine ends; with a run in work it stays', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const engine = new EngineDouble();
  engine.working = true;
  const done = runStandaloneEngine({ stateDir: state, createEngine: async () => engine, idleSeconds: 0.2 });
  await vi.waitFor(() => expect(existsSync(join(state, 'engine.sock'))).toBe(true));
  const client = await clientOf();
  engine.working = false;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(engine.closed).toBe(0);
  engine.working = true;
  client.close();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(engine.closed).toBe(0);
  engine.working = false;
  await done;
  expect(engine.closed).toBe(1);
});

/** Node's own MessagePort in the shape of Electron's: nothing arrives before `start`. */
function electronPort() {
  const { port1, port2 } = new MessageChannel();
  let take: (event: { data: unknown }) => void = () => {};
  const port: Port = {
    postMessage: (message) => port1.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
      if (event === 'message') take = listener;
      else port1.on('close', () => listener({ data: null }));
    },
    start: () => port1.on('message', (data) => take({ data })),
    close: () => port1.close(),
  };
  const page: Transport = {
    send: (frame) => port2.postMessage(frame),
    close: () => port2.close(),
    onFrame: (listener) => port2.on('message', listener),
    onClose: (listener) => port2.on('close', listener),
  };
  return { port, client: new Client(page) };
}

function utility(engine: EngineDouble) {
  let give: (event: { data: unknown; ports: Port[] }) => void = () => {};
  const parent = { on: (_: 'message', listener: typeof give) => (give = listener) };
  runUtilityEngine(parent, {
    stateDir: state,
    createEngine: async () => engine,
    grants: NO_GRANTS,
    onStopped: () => {},
  });
  return () => {
    const { port, client } = electronPort();
    give({ data: null, ports: [port] });
    return client;
  };
}

test('the utility process hosts the engine for its pages and for the socket', async () => {
  const engine = new EngineDouble();
  const newPage = utility(engine);
  await expect(newPage().call(catalog.labs, {})).resolves.toBeDefined();
  const client = await clientOf();
  await expect(client.call(catalog.labs, {})).resolves.toBeDefined();
  await client.call(engineCalls.stop, {});
  await vi.waitFor(() => expect(engine.closed).toBe(1));
  const again = newPage();
  await expect(again.call(catalog.labs, {})).resolves.toBeDefined();
  await again.call(engineCalls.stop, {});
  await vi.waitFor(() => expect(engine.closed).toBe(2));
});

test('where another process is the engine the utility process carries frames, and takes over when that one ends', async () => {
  const first = await host();
  const mine = new EngineDouble();
  const newPage = utility(mine);
  const page = newPage();
  await expect(page.call(catalog.labs, {})).resolves.toBeDefined();
  expect(first.server.clients).toBe(1);
  const lost = new Promise<void>((resolve) => page.onClose(resolve));
  await first.close();
  await lost;
  const again = newPage();
  await expect(again.call(catalog.labs, {})).resolves.toBeDefined();
  await again.call(engineCalls.stop, {});
  await vi.waitFor(() => expect(mine.closed).toBe(1));
});
