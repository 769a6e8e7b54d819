import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { until, within } from '../waiting.ts';

/** A shell on an exec's hijacked stream, with nothing around it. */
export class RawShell {
  readonly #stream: Duplex;
  #text = '';
  #onText: () => void = () => {};

  private constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#text += chunk;
      this.#onText();
    });
  }

  static async open(docker: Dockerode, container: string): Promise<RawShell> {
    const exec = await docker.getContainer(container).exec({
      Cmd: ['bash'],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      Env: ['TERM=xterm-256color'],
    });
    const shell = new RawShell(await exec.start({ hijack: true, stdin: true, Tty: true }));
    await until(10_000, 'a prompt', () => shell.#text.includes('# '));
    return shell;
  }

  /** Milliseconds from each key to its echo. */
  async keys(letter: string, count: number): Promise<number[]> {
    const samples: number[] = [];
    for (let done = 0; done < count; done++) {
      this.#text = '';
      const began = performance.now();
      const echoed = new Promise<number>((resolve) => {
        this.#onText = () => {
          if (this.#text.includes(letter)) resolve(performance.now() - began);
        };
      });
      this.#stream.write(letter);
      samples.push(await within(10_000, 'an echo', echoed));
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    this.#onText = () => {};
    this.#stream.write('\x15');
    await new Promise((resolve) => setTimeout(resolve, 100));
    return samples;
  }

  close(): void {
    this.#stream.write('exit\n');
    this.#stream.end();
  }
}
