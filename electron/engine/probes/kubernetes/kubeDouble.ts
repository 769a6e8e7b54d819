import type { KubeReader } from '../../environments/kubeReader.ts';

/** A cluster's API for tests: answers by path and writes down what it was asked. An Error is thrown. */
export class KubeDouble implements KubeReader {
  readonly asked: string[] = [];
  readonly #answer: (path: string) => unknown;

  constructor(answers: Readonly<Record<string, unknown>> | ((path: string) => unknown)) {
    this.#answer = typeof answers === 'function' ? answers : (path) => answers[path] ?? null;
  }

  async get(path: string): Promise<unknown> {
    // Readable in tests: spaces, = and , of selectors as they are.
    const readable = decodeURIComponent(path.replaceAll('+', ' '));
    this.asked.push(readable);
    const answer = this.#answer(readable);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  async text(path: string): Promise<string | null> {
    const answer = await this.get(path);
    return answer === null ? null : String(answer);
  }

  async watch(): Promise<void> {}
}
