import { Duplex, type Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { LabError } from '../../contract/error.ts';
import { bounded, patience } from './bounded.ts';
import { demultiplex } from './demultiplex.ts';
import { dockerFailure } from './failure.ts';
import type { ExecOutput, ExecSpec, ExecStream } from './model.ts';

/** Starts a command on a hijacked stream, which is the only kind that carries stdin both ways and can be half closed. */
export async function startExec(client: Dockerode, id: string, spec: ExecSpec): Promise<ExecStream> {
  const doing = `run ${spec.command[0]} in container ${id.slice(0, 12)}`;
  const tty = spec.tty !== undefined;
  const { exec, socket } = await bounded(doing, patience.change, async (abortSignal) => {
    const exec = await client.getContainer(id).exec({
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
      Cmd: [...spec.command],
      Env: spec.env ? [...spec.env] : undefined,
      WorkingDir: spec.workdir,
      abortSignal,
    });
    // Without the signal: it would end the stream later, together with the request.
    return { exec, socket: await exec.start({ hijack: true, stdin: true, Tty: tty }) };
  });
  // A peer that goes away is an end like any other; without a listener it would end our process.
  socket.on('error', () => socket.destroy());
  const exit = new Promise<void>((resolve) => socket.once('close', resolve)).then(() => exitCode(exec));

  const resize = async (cols: number, rows: number) => {
    try {
      await bounded(`resize a terminal`, patience.ask, (abortSignal) => exec.resize({ w: cols, h: rows, abortSignal }));
    } catch (error) {
      // An exec that has ended answers 500 (409 on newer engines): there is nothing left to resize.
      const status = LabError.from(error).data.status;
      if (status !== 500 && status !== 409 && status !== 404) throw error;
    }
  };
  const streams = tty ? { stream: socket, stderr: null } : apart(socket);
  if (spec.tty) await resize(spec.tty.cols, spec.tty.rows);
  return {
    id: exec.id,
    ...streams,
    resize,
    pid: async () =>
      (await bounded('inspect an exec', patience.ask, (abortSignal) => exec.inspect({ abortSignal }))).Pid,
    exit,
    drop: () => socket.destroy(),
  };
}

/** Output told apart, input as it is; the reader's pace is the engine's. */
function apart(socket: Duplex): { stream: Duplex; stderr: Readable } {
  const { stdout, stderr } = demultiplex(socket);
  const stream = new Duplex({
    read: () => stdout.resume(),
    write: (chunk, _encoding, done) => {
      if (socket.destroyed) done();
      else socket.write(chunk, () => done());
    },
    final: (done) => {
      socket.end();
      done();
    },
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  stdout.on('data', (chunk) => {
    if (!stream.push(chunk)) stdout.pause();
  });
  stdout.on('end', () => stream.push(null));
  return { stream, stderr };
}

/** Null when the engine or the container is gone. */
async function exitCode(exec: Dockerode.Exec): Promise<number | null> {
  try {
    const state = await bounded('inspect an exec', patience.ask, (abortSignal) => exec.inspect({ abortSignal }));
    return state.ExitCode;
  } catch {
    return null;
  }
}

/** Output is kept up to this many bytes of each kind; what comes after is dropped. */
const OUTPUT_LIMIT = 4 * 1024 * 1024;

/**
 * A command from start to end. Rejects with `timeout` after `deadlineMs`; the process itself goes on, so give it a `timeout -k` of its own.
 * Exit 126 and 127 (not executable, not found) come as results, with the engine's words on stdout.
 */
export async function execToEnd(
  client: Dockerode,
  id: string,
  command: readonly string[],
  options: { deadlineMs: number; stdin?: string },
): Promise<ExecOutput> {
  const doing = `run ${command[0]} in container ${id.slice(0, 12)}`;
  let running: ExecStream | null = null;
  let late = false;
  const output = (async () => {
    running = await startExec(client, id, { command });
    if (late) running.drop();
    running.stream.end(options.stdin ?? '');
    const [stdout, stderr] = await Promise.all([textOf(running.stream), textOf(running.stderr)]);
    const exit = await running.exit;
    if (exit === null) throw new LabError('docker-failed', `Docker could not tell how ${command[0]} ended.`);
    return { exit, stdout, stderr };
  })();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(
        new LabError('timeout', `${command.join(' ').slice(0, 200)} did not end within ${options.deadlineMs} ms.`, {
          data: { container: id, command: [...command] },
        }),
      );
      running?.drop();
    }, options.deadlineMs);
  });
  // Whoever loses the race may still fail; nobody listens to it then.
  output.catch(() => undefined);
  try {
    return await Promise.race([output, deadline]);
  } catch (error) {
    throw dockerFailure(error, doing);
  } finally {
    clearTimeout(timer);
  }
}

async function textOf(stream: Readable | null): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (stream)
    for await (const chunk of stream) {
      if (size < OUTPUT_LIMIT) chunks.push(chunk);
      size += chunk.length;
    }
  return Buffer.concat(chunks).subarray(0, OUTPUT_LIMIT).toString('utf8');
}
