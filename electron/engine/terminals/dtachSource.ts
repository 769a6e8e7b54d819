import { LabError } from '../../contract/error.ts';
import type { Docker } from '../docker/docker.ts';
import type { ExecStream } from '../docker/model.ts';
import type { TerminalSize } from '../host/terminalGateway.ts';
import type { ByteSource, ByteSourceEvents } from './byteSource.ts';
import { attachCommand, createCommand, endCommand } from './dtachCommand.ts';
import { DtachNoise } from './dtachNoise.ts';
import { shellEnvironment } from './shellEnvironment.ts';
import type { WaitingShells } from './waitingShells.ts';

/** A shell of a node, which lives on when its stream does not. */
export interface DtachPlace {
  readonly container: string;
  readonly terminal: string;
  /** Shells-to-be of nodes that stood by, where there are some. */
  readonly waiting?: WaitingShells;
}

/**
 * Starts a shell in a node (`create`), or finds it again after the engine was away (`attach`; it ends at once when there is none).
 * Rejects as `Docker.exec` does.
 */
export async function openDtachSource(
  docker: Docker,
  place: DtachPlace,
  how: 'create' | 'attach',
  size: TerminalSize,
  events: ByteSourceEvents,
): Promise<ByteSource> {
  const waiting = how === 'create' ? await place.waiting?.take(place.container) : null;
  if (waiting) return toldWhichShell(docker, place, waiting, size, events);
  const first = how === 'create' ? size : otherThan(size);
  const command = (how === 'create' ? createCommand : attachCommand)(place.terminal, first);
  const exec = await docker.exec(place.container, { command, env: shellEnvironment, workdir: '/root', tty: first });
  return new DtachSource(docker, place, exec, first, size, events);
}

const toldWhichShell = (
  docker: Docker,
  place: DtachPlace,
  exec: ExecStream,
  size: TerminalSize,
  events: ByteSourceEvents,
): ByteSource => {
  const source = new DtachSource(docker, place, exec, size, size, events);
  exec.stream.resume();
  exec.stream.write(`${place.terminal} ${size.cols} ${size.rows}\n`);
  return source;
};

/** Milliseconds in which a program draws itself for another size; one that does not (`cat`) is given its right size then. */
const ANSWER = 300;

/** One row less: the change to it makes the program draw anew what the mirror may have missed. */
const otherThan = ({ cols, rows }: TerminalSize): TerminalSize => ({ cols, rows: rows > 1 ? rows - 1 : 2 });

class DtachSource implements ByteSource {
  readonly #docker: Docker;
  readonly #place: DtachPlace;
  readonly #exec: ExecStream;
  readonly #noise: DtachNoise;
  /** Null once the program has answered: before, dtach has not yet taken the keys and they would show twice. */
  #early: Uint8Array[] | null = [];
  #left = false;
  #size: TerminalSize;
  /** Runs while the program is to see the other size. Both changes in one would be none to readline, which then draws nothing. */
  #otherSize: NodeJS.Timeout | null = null;

  constructor(
    docker: Docker,
    place: DtachPlace,
    exec: ExecStream,
    first: TerminalSize,
    size: TerminalSize,
    events: ByteSourceEvents,
  ) {
    this.#docker = docker;
    this.#place = place;
    this.#exec = exec;
    this.#size = size;
    this.#noise = new DtachNoise((bytes) => {
      this.#rightSize();
      if (!this.#left) events.bytes(bytes);
    });
    exec.stream.on('data', (chunk: Buffer) => {
      if (this.#early !== null) {
        this.#sendEarly();
        if (this.#size !== first) this.#otherSize = setTimeout(() => this.#rightSize(), ANSWER);
      }
      this.#noise.feed(chunk);
    });
    exec.stream.on('error', () => exec.drop());
    void exec.exit.then((code) => {
      this.#noise.end();
      // 0: the shell has exited. 1: there was none to attach to. Anything else befell the client only.
      if (!this.#left) events.ended(code === 0 || code === 1 ? 'exited' : 'lost');
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#early !== null) this.#early.push(bytes);
    else if (this.#exec.stream.writable) this.#exec.stream.write(bytes);
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    // Until dtach has spoken its program is to see the other size first, and then this one.
    if (this.#early === null && this.#otherSize === null) this.#resize();
  }

  /** The program has drawn itself for the other size, or will not. */
  #rightSize(): void {
    if (this.#otherSize === null) return;
    clearTimeout(this.#otherSize);
    this.#otherSize = null;
    this.#resize();
  }

  #resize(): void {
    const { cols, rows } = this.#size;
    // A stream that is being lost says so by its end.
    this.#exec.resize(cols, rows).catch(() => undefined);
  }

  pause(): void {
    this.#exec.stream.pause();
  }

  resume(): void {
    this.#exec.stream.resume();
  }

  async end(): Promise<void> {
    this.leave();
    try {
      await this.#docker.execToEnd(this.#place.container, endCommand(this.#place.terminal), { deadlineMs: 10_000 });
    } catch (error) {
      // No container, or one that does not run: then there is no shell either.
      const { code } = LabError.from(error);
      if (code !== 'not-found' && code !== 'conflict' && code !== 'node-stopped') throw error;
    }
  }

  leave(): void {
    this.#left = true;
    if (this.#otherSize !== null) clearTimeout(this.#otherSize);
    this.#otherSize = null;
    this.#exec.drop();
  }

  #sendEarly(): void {
    const early = this.#early;
    this.#early = null;
    for (const bytes of early ?? []) this.write(bytes);
  }
}
