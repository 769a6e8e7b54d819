import type { ReadStream, WriteStream } from 'node:tty';
import { terminals } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import { LabError } from '../contract/error.ts';
import { terminalChanged } from '../contract/pushes.ts';

const CTRL_RIGHT_BRACKET = 0x1d;
const NEWLINE = 0x0a;

type Input = Pick<ReadStream, 'on' | 'off' | 'resume' | 'pause' | 'isTTY' | 'setRawMode'>;
type Screen = Pick<WriteStream, 'write' | 'on' | 'off' | 'columns' | 'rows'>;

/**
 * Joins this terminal to a new shell on a node until that ends, or Ctrl-] is typed. Without a terminal on standard input
 * its bytes are typed, then `exit`: a Ctrl-D that comes while a command runs is lost with the line that it would end. Errors: those of `terminals.open`, `engine-gone`.
 */
export async function runShell(
  client: Client,
  place: { run: string; node: string },
  input: Input,
  screen: Screen,
): Promise<void> {
  const size = () => ({ cols: screen.columns || 80, rows: screen.rows || 24 });
  const ended = new Set<string>();
  let tellEnd = () => {};
  client.on(terminalChanged, ({ id, state }) => {
    if (state === 'ended') ended.add(id);
    tellEnd();
  });
  const { terminal, channel } = await client.call(terminals.open, { ...place, ...size() });
  client.onBytes(channel, (bytes) => void screen.write(bytes, () => client.ack(channel, bytes.length)));

  let last = NEWLINE;
  const type = (bytes: Buffer) => {
    last = bytes.at(-1) ?? last;
    const leave = input.isTTY ? bytes.indexOf(CTRL_RIGHT_BRACKET) : -1;
    client.sendBytes(channel, leave < 0 ? bytes : bytes.subarray(0, leave));
    // What closes a window closes its shell.
    if (leave >= 0) client.call(terminals.close, { terminal: terminal.id }).then(() => tellEnd(), tellEnd);
    if (leave >= 0) ended.add(terminal.id);
  };
  const finish = () => client.sendBytes(channel, Buffer.from(`${last === NEWLINE ? '' : '\n'}exit\n`));
  const resize = () => void client.call(terminals.resize, { terminal: terminal.id, ...size() }).catch(() => {});

  if (input.isTTY) input.setRawMode(true);
  input.on('data', type);
  input.on('end', finish);
  input.resume();
  screen.on('resize', resize);
  try {
    await new Promise<void>((resolve, reject) => {
      tellEnd = () => {
        if (ended.has(terminal.id)) resolve();
      };
      tellEnd();
      client.onClose(() => reject(new LabError('engine-gone', 'The engine ended; the shell lives on in the node.')));
    });
  } finally {
    if (input.isTTY) input.setRawMode(false);
    input.off('data', type);
    input.off('end', finish);
    input.pause();
    screen.off('resize', resize);
  }
}
