import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LabError } from '../../../contract/error.ts';
import type { Docker } from '../../docker/docker.ts';
import { imageReference } from '../../docker/images/table.ts';
import { label } from '../../docker/labels.ts';
import type { ExecStream } from '../../docker/model.ts';
import { compileFailure } from './compileFailure.ts';

/** Where builders work and by what they are found again. */
export interface BuilderPlace {
  /** Owner label of the container and the volume. */
  readonly owner: string;
  /** The volume that keeps Go, the modules and what is compiled until all is done. */
  readonly volume: string;
}

export interface Command {
  readonly command: readonly string[];
  readonly env?: readonly string[];
  readonly workdir?: string;
  /** The most that it may say nothing, in milliseconds. */
  readonly silence: number;
  readonly onLine?: (line: string) => void;
}

/** A container in which things are compiled. It ends with `end` or with the signal, and whatever runs in it. */
export class Builder {
  readonly #docker: Docker;
  readonly #signal: AbortSignal;
  readonly id: string;

  private constructor(docker: Docker, id: string, signal: AbortSignal) {
    this.#docker = docker;
    this.id = id;
    this.#signal = signal;
  }

  /** What an engine that was killed left running is removed first: it would take the processors from this one. */
  static async start(docker: Docker, { owner, volume }: BuilderPlace, signal: AbortSignal): Promise<Builder> {
    const labels = { [label.owner]: owner, [label.role]: 'builder' };
    for (const left of await docker.list(labels)) await docker.remove(left.id);
    const id = await docker.create({
      name: `patchbay-builder-${owner}-${process.pid}`,
      image: imageReference('builder'),
      labels,
      networkMode: 'host',
      capDrop: ['ALL'],
      // A learner may be at a lab meanwhile.
      cpuShares: 256,
      volumes: [{ target: '/cache', name: volume, labels: { [label.owner]: owner, [label.image]: 'builder' } }],
    });
    const builder = new Builder(docker, id, signal);
    try {
      await docker.start(id);
    } catch (error) {
      await builder.end();
      throw error;
    }
    return builder;
  }

  end(): Promise<void> {
    return this.#docker.remove(this.id);
  }

  /** Rejects with what the last lines mean, when it does not end well; with `timeout` when it falls silent. */
  async run({ command, env, workdir, silence, onLine }: Command): Promise<void> {
    const lines: string[] = [];
    const exit = await this.#watched(command, env, workdir, silence, async (running, alive) => {
      const take = async (stream: Readable | null) => {
        if (!stream) return;
        for await (const line of createInterface({ input: stream })) {
          alive();
          lines.push(line);
          if (lines.length > 200) lines.shift();
          onLine?.(line);
        }
      };
      await Promise.all([take(running.stream), take(running.stderr)]);
    });
    if (exit !== 0) throw compileFailure(lines, exit);
  }

  /** The bytes that a command writes to its standard output. */
  async read(command: readonly string[], silence: number, use: (output: Readable) => Promise<void>): Promise<void> {
    const exit = await this.#watched(command, undefined, undefined, silence, async (running, alive) => {
      running.stream.on('data', alive);
      running.stderr?.resume();
      await use(running.stream);
    });
    if (exit !== 0) throw compileFailure([], exit);
  }

  async #watched(
    command: readonly string[],
    env: readonly string[] | undefined,
    workdir: string | undefined,
    silence: number,
    follow: (running: ExecStream, alive: () => void) => Promise<void>,
  ): Promise<number | null> {
    this.#throwIfStopped();
    const running = await this.#docker.exec(this.id, { command, env, workdir });
    running.stream.end();
    const silent = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silence);
    };
    alive();
    const stop = AbortSignal.any([this.#signal, silent.signal]);
    const ended = new AbortController();
    try {
      // A container's streams can outlive it, so its end is no end of theirs.
      const stopped = once(stop, 'abort', { signal: ended.signal });
      stopped.catch(() => undefined);
      await Promise.race([follow(running, alive), stopped]);
      this.#throwIfStopped();
      if (silent.signal.aborted)
        throw new LabError('timeout', `${command[0]} said nothing for ${silence / 1000} s.`, {
          hint: 'What it compiled so far is kept: `patchbay prepare --kubernetes` goes on with it.',
          data: { command: [...command] },
        });
      return await running.exit;
    } finally {
      ended.abort();
      clearTimeout(timer);
      running.drop();
    }
  }

  #throwIfStopped(): void {
    if (this.#signal.aborted)
      throw new LabError('image-failed', 'Compiling the components of Kubernetes was interrupted.', {
        hint: '`patchbay prepare --kubernetes` goes on with it.',
      });
  }
}
