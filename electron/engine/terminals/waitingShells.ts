import type { Docker } from '../docker/docker.ts';
import type { ExecStream } from '../docker/model.ts';
import { WAITING, waitingCommand } from './dtachCommand.ts';
import { shellEnvironment } from './shellEnvironment.ts';

const SIZE = { cols: 80, rows: 24 };
/** Milliseconds in which it must say that it waits. */
const PATIENCE = 5000;

/**
 * Shells-to-be in nodes that stand by: an exec that waits on its terminal to be told which shell it is. Docker takes 60 to 80 ms to start an
 * exec, and a paused node starts none at all; one that waits already is a shell as soon as its node is awake.
 */
export class WaitingShells {
  readonly #docker: Docker;
  readonly #waiting = new Map<string, ExecStream>();
  readonly #preparing = new Map<string, Promise<void>>();

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  /** Resolves when it waits; where that fails the node simply has none. */
  prepare(container: string): Promise<void> {
    const preparing = this.#prepare(container).finally(() => this.#preparing.delete(container));
    this.#preparing.set(container, preparing);
    return preparing;
  }

  /** The node's, once, also one that is just being prepared; null when it has none. Whoever takes it writes one line: id, columns, rows. */
  async take(container: string): Promise<ExecStream | null> {
    await this.#preparing.get(container)?.catch(() => undefined);
    const exec = this.#waiting.get(container) ?? null;
    this.#waiting.delete(container);
    return exec?.stream.writable ? exec : null;
  }

  async #prepare(container: string): Promise<void> {
    const exec = await this.#docker.exec(container, {
      command: waitingCommand,
      env: shellEnvironment,
      workdir: '/root',
      tty: SIZE,
    });
    exec.stream.once('close', () => this.#waiting.delete(container));
    if (await saysWaiting(exec)) this.#waiting.set(container, exec);
    else exec.drop();
  }
}

const saysWaiting = (exec: ExecStream): Promise<boolean> =>
  new Promise((resolve) => {
    let said = '';
    const settle = (ready: boolean) => {
      clearTimeout(late);
      exec.stream.off('data', listen);
      exec.stream.off('close', gone);
      // What comes next is for the one who takes it.
      exec.stream.pause();
      resolve(ready);
    };
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(`${WAITING}\r\n`)) settle(true);
    };
    const gone = () => settle(false);
    const late = setTimeout(gone, PATIENCE);
    exec.stream.on('data', listen);
    exec.stream.once('close', gone);
  });
