import type { Docker } from '../docker/docker.ts';
import type { ExecStream } from '../docker/model.ts';

/**
 * The streams into the helper's container. Docker leaves those of a killed container open (seen with 20.10), so nobody would ever learn that
 * it is gone: they are dropped here when the engine's events say so.
 */
export class OpenStreams {
  readonly #docker: Docker;
  readonly #labels: Readonly<Record<string, string>>;
  readonly #open = new Set<ExecStream>();
  readonly #ending = new AbortController();
  #following: Promise<void> | null = null;

  constructor(docker: Docker, labels: Readonly<Record<string, string>>) {
    this.#docker = docker;
    this.#labels = labels;
  }

  /** The subscription stands before the stream does, so that no end goes unheard. */
  async exec(container: string, command: readonly string[]): Promise<ExecStream> {
    await this.#follow();
    const stream = await this.#docker.exec(container, { command });
    this.#open.add(stream);
    void stream.exit.finally(() => this.#open.delete(stream)).catch(() => undefined);
    return stream;
  }

  close(): void {
    this.#ending.abort();
  }

  #follow(): Promise<void> {
    this.#following ??= this.#docker
      .watch(
        this.#labels,
        ({ kind }) => {
          if (kind === 'die' || kind === 'destroy') this.#dropAll();
        },
        this.#ending.signal,
        () => {
          // What happened while nobody listened is unknown.
          this.#following = null;
          this.#dropAll();
        },
      )
      .catch((error) => {
        this.#following = null;
        throw error;
      });
    return this.#following;
  }

  #dropAll(): void {
    for (const stream of this.#open) stream.drop();
    this.#open.clear();
  }
}
