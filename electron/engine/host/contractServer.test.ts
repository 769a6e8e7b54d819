import { duplexPair } from 'node:stream';
import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { catalog, docker, engine as engineCalls, runs, terminals } from '../../contract/calls.ts';
import { Client } from '../../contract/client.ts';
import { CONTROL, encodeFrame } from '../../contract/frames.ts';
import { runRemoved, statusChanged, terminalChanged } from '../../contract/pushes.ts';
import { call } from '../../contract/token.ts';
import { ContractServer } from './contractServer.ts';
import { EngineDouble, statusDouble } from './engineDouble.ts';
import { type Grants, NO_GRANTS } from './grants.ts';
import { streamTransport } from './streamTransport.ts';

let engine: EngineDouble;
let server: ContractServer;
const stop = vi.fn();

beforeEach(() => {
  engine = new EngineDouble();
  server = new ContractServer(engine, stop);
  stop.mockClear();
});

function connect(grants: Grants = NO_GRANTS) {
  const [near, far] = duplexPair();
  server.connect(streamTransport(far), grants);
  const transport = streamTransport(near);
  return { transport, client: new Client(transport) };
}

const size = { cols: 80, rows: 24 };

test('a call is answered', async () => {
  await expect(connect().client.call(catalog.labs, {})).resolves.toEqual({ labs: [] });
});

test('an error keeps its code, message and hint', async () => {
  await expect(connect().client.call(runs.destroy, { run: 'x' })).rejects.toMatchObject({
    code: 'not-found',
    message: 'There is no run x.',
    hint: 'patchbay runs',
  });
});

test('a bug becomes internal', async () => {
  await expect(connect().client.call(runs.list, {})).rejects.toMatchObject({ code: 'internal', message: 'a bug' });
});

test('wrong parameters are told with their path', async () => {
  await expect(connect().client.call(terminals.open, { run: 'r', node: 'a', cols: 1, rows: 24 })).rejects.toMatchObject(
    {
      code: 'bad-input',
      message: expect.stringContaining('cols: '),
      data: { mistakes: [{ path: 'cols', message: expect.any(String) }] },
    },
  );
});

test.each(['docker.exec', 'probes.ask', '__proto__', 'constructor'])('a page cannot call %s', async (name) => {
  const unknown = call(name, z.object({}), z.object({}));
  await expect(connect().client.call(unknown, {})).rejects.toMatchObject({ code: 'not-found' });
});

test('a call that this engine does not answer says so', async () => {
  await expect(connect().client.call(engineCalls.settings, {})).rejects.toMatchObject({ code: 'not-found' });
});

test('another version of the contract is refused, but may stop the engine', async () => {
  const { transport, client } = connect();
  const answers: string[] = [];
  transport.onFrame((frame) => answers.push(new TextDecoder().decode(frame.subarray(4))));
  const send = (message: object) =>
    transport.send(encodeFrame(CONTROL, new TextEncoder().encode(JSON.stringify(message))));
  send({ id: 900, v: 999, call: 'catalog.labs', params: {} });
  send({ id: 901, v: 999, call: 'engine.stop', params: {} });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(answers[0]).toContain('contract-version');
  expect(stop).toHaveBeenCalledOnce();
  expect(client.closed).toBe(false);
});

test.each([
  ['no JSON', encodeFrame(CONTROL, new TextEncoder().encode('{'))],
  ['no request', encodeFrame(CONTROL, new TextEncoder().encode('{"id":"a"}'))],
  ['a short acknowledgement', encodeFrame(1, new Uint8Array(3))],
  ['no channel', new Uint8Array(2)],
])('%s ends the connection and no other', async (_, frame) => {
  const other = connect();
  const { transport, client } = connect();
  transport.send(frame);
  await vi.waitFor(() => expect(client.closed).toBe(true));
  await expect(other.client.call(catalog.labs, {})).resolves.toEqual({ labs: [] });
});

test('pushes reach every client', async () => {
  const seen: string[] = [];
  for (const name of ['one', 'two']) connect().client.on(runRemoved, ({ run }) => seen.push(`${name} ${run}`));
  engine.tell({ name: 'run.removed', payload: { run: 'r' } });
  await vi.waitFor(() => expect(seen).toEqual(['one r', 'two r']));
});

test('a terminal: kept screen, bytes both ways, acknowledgement, size, detach', async () => {
  const { client } = connect();
  const { terminal, channel } = await client.call(terminals.open, { run: 'r', node: 'a', ...size });
  let text = '';
  client.onBytes(channel, (bytes) => {
    text += new TextDecoder().decode(bytes);
  });
  expect(text).toBe('kept ');
  client.sendBytes(channel, new TextEncoder().encode('ö'));
  client.ack(channel, 5);
  await client.call(terminals.resize, { terminal: terminal.id, cols: 100, rows: 30 });
  await vi.waitFor(() => expect(text).toBe('kept ö'));
  expect(engine.viewers[0]).toMatchObject({ acked: 5, size: { cols: 100, rows: 30 }, detached: false });
  await client.call(terminals.detach, { channel });
  expect(engine.viewers[0]?.detached).toBe(true);
  client.sendBytes(channel, new TextEncoder().encode('late'));
  await expect(client.call(catalog.labs, {})).resolves.toBeDefined();
  expect(text).toBe('kept ö');
});

test('channels belong to their connection', async () => {
  const one = connect();
  const two = connect();
  const mine = await one.client.call(terminals.open, { run: 'r', node: 'a', ...size });
  two.client.sendBytes(mine.channel, new TextEncoder().encode('not mine'));
  const theirs = await two.client.call(terminals.attach, { terminal: mine.terminal.id, ...size });
  expect(theirs.channel).toBe(mine.channel);
  let text = '';
  one.client.onBytes(mine.channel, (bytes) => {
    text += new TextDecoder().decode(bytes);
  });
  await one.client.call(catalog.labs, {});
  expect(text).toBe('kept ');
});

test('a client that goes leaves its terminals running and detached', async () => {
  const { client } = connect();
  await client.call(terminals.open, { run: 'r', node: 'a', ...size });
  client.close();
  await vi.waitFor(() => expect(engine.viewers[0]?.detached).toBe(true));
  expect(engine.opened.size).toBe(1);
  expect(server.clients).toBe(0);
});

test('without the grant there is no terminal on the own machine, nor a word of one', async () => {
  const allowed = connect({ hostTerminal: true });
  const barred = connect();
  const heard: string[] = [];
  barred.client.on(terminalChanged, ({ id }) => heard.push(id));
  await expect(barred.client.call(terminals.open, { run: null, node: null, ...size })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const { terminal } = await allowed.client.call(terminals.open, { run: null, node: null, ...size });
  engine.tell({ name: 'terminal.changed', payload: terminal });
  for (const attempt of [
    barred.client.call(terminals.attach, { terminal: terminal.id, ...size }),
    barred.client.call(terminals.rename, { terminal: terminal.id, title: 'x' }),
    barred.client.call(terminals.close, { terminal: terminal.id }),
  ])
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  expect(heard).toEqual([]);
  expect(engine.opened.size).toBe(1);
});

test('the status tells each connection its own grant', async () => {
  await expect(connect().client.call(docker.status, {})).resolves.toMatchObject({ hostTerminal: false });
  const { client } = connect({ hostTerminal: true });
  await expect(client.call(docker.status, {})).resolves.toMatchObject({ hostTerminal: true });
  const told = new Promise<boolean>((resolve) => client.on(statusChanged, (it) => resolve(it.hostTerminal)));
  engine.tell({ name: 'status.changed', payload: { ...statusDouble, hostTerminal: false } });
  await expect(told).resolves.toBe(true);
});

test('terminals on one connection are limited', async () => {
  const { client } = connect();
  for (let n = 0; n < 64; n++) await client.call(terminals.open, { run: 'r', node: 'a', ...size });
  await expect(client.call(terminals.open, { run: 'r', node: 'a', ...size })).rejects.toMatchObject({ code: 'limit' });
});

test('a closed terminal, or one of a run that is gone, makes room for another', async () => {
  const { client } = connect();
  const opened = [];
  for (let n = 0; n < 64; n++) opened.push(await client.call(terminals.open, { run: 'r', node: 'a', ...size }));
  await client.call(terminals.close, { terminal: opened[0]?.terminal.id ?? '' });
  await client.call(terminals.open, { run: 'other', node: 'a', ...size });
  engine.tell({ name: runRemoved.name, payload: { run: 'r' } });
  for (let n = 0; n < 63; n++) await client.call(terminals.open, { run: 'other', node: 'a', ...size });
  await expect(client.call(terminals.open, { run: 'r', node: 'a', ...size })).rejects.toMatchObject({ code: 'limit' });
});
