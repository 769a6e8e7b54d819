import { duplexPair, PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { Client } from '../contract/client.ts';
import { ContractServer } from '../engine/host/contractServer.ts';
import { EngineDouble } from '../engine/host/engineDouble.ts';
import { NO_GRANTS } from '../engine/host/grants.ts';
import { streamTransport } from '../engine/host/streamTransport.ts';
import { runShell } from './rawShell.ts';

function shell(isTTY: boolean) {
  const engine = new EngineDouble();
  const [near, far] = duplexPair();
  const server = new ContractServer(engine, () => {});
  server.connect(streamTransport(far), NO_GRANTS);
  const client = new Client(streamTransport(near));
  const setRawMode = vi.fn();
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode });
  const screen = Object.assign(new PassThrough(), { columns: 100, rows: 40 });
  let seen = '';
  screen.on('data', (chunk) => (seen += chunk));
  // The streams are a terminal's as far as `runShell` looks at them.
  const done = runShell(client, { run: 'r', node: 'a' }, input as never, screen as never);
  return { engine, server, client, input, screen, setRawMode, done, seen: () => seen };
}

test('bytes go both ways and are acknowledged; Ctrl-] closes the shell and gives the terminal back', async () => {
  const it = shell(true);
  await vi.waitFor(() => expect(it.seen()).toBe('kept '));
  it.input.write('ls ö');
  await vi.waitFor(() => expect(it.seen()).toBe('kept ls ö'));
  await vi.waitFor(() => expect(it.engine.viewers[0]?.acked).toBe(10));
  it.screen.columns = 120;
  it.screen.emit('resize');
  await vi.waitFor(() => expect(it.engine.viewers[0]?.size).toEqual({ cols: 120, rows: 40 }));
  it.input.write('\x1d');
  await it.done;
  expect(it.engine.opened.size).toBe(0);
  expect(it.setRawMode.mock.calls).toEqual([[true], [false]]);
});

test('a shell that ends by itself ends the command', async () => {
  const it = shell(true);
  await vi.waitFor(() => expect(it.seen()).toBe('kept '));
  const [terminal] = it.engine.opened.values();
  it.engine.tell({ name: 'terminal.changed', payload: { ...terminal, state: 'ended' } });
  await it.done;
});

test('piped input is typed, then exit', async () => {
  const it = shell(false);
  it.input.end('ip route\n');
  await vi.waitFor(() => expect(it.seen()).toBe('kept ip route\nexit\n'));
  expect(it.setRawMode).not.toHaveBeenCalled();
  it.client.close();
  await expect(it.done).rejects.toMatchObject({ code: 'engine-gone' });
});
