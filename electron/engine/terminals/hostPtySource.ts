import { homedir } from 'node:os';
import { LabError } from '../../contract/error.ts';
import type { TerminalSize } from '../host/terminalGateway.ts';
import type { ByteSource, ByteSourceEvents } from './byteSource.ts';

/** The learner's own shell on their own machine. It ends with the engine. Rejects with `package-missing` where node-pty cannot be loaded. */
export async function openHostPtySource({ cols, rows }: TerminalSize, events: ByteSourceEvents): Promise<ByteSource> {
  const { spawn } = await nodePty();
  const pty = spawn(ownShell(), [], {
    name: 'xterm-256color',
    cols,
    rows,
    cwd: homedir(),
    env: { ...process.env, COLORTERM: 'truecolor' },
    // Bytes, not text: a character may be cut in two.
    encoding: null,
  });
  const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
  void ended.then(() => events.ended('exited'));
  // With no encoding node-pty hands out Buffers, which its types do not say.
  pty.onData((chunk: string | Uint8Array) => events.bytes(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
  return {
    write: (bytes) => pty.write(Buffer.from(bytes)),
    resize: (size) => pty.resize(size.cols, size.rows),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    end: async () => {
      pty.resume();
      pty.kill();
      await ended;
    },
    leave: () => pty.kill(),
  };
}

const ownShell = (): string =>
  process.platform === 'win32' ? (process.env.COMSPEC ?? 'cmd.exe') : (process.env.SHELL ?? '/bin/sh');

/** Loaded when first asked for: it is native code that most sessions never need. */
async function nodePty(): Promise<typeof import('node-pty')> {
  try {
    const loaded = await import('node-pty');
    return 'default' in loaded && loaded.default ? (loaded.default as typeof loaded) : loaded;
  } catch (cause) {
    throw new LabError(
      'package-missing',
      'The package node-pty cannot be loaded, so there is no terminal on this machine.',
      {
        hint: 'Terminals of nodes need none. `npm ci` installs it again.',
        cause,
      },
    );
  }
}
