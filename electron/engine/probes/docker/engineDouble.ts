import type { EngineReader } from '../../environments/docker/engineReader.ts';

/** An engine for tests: answers what a script says for a path, and writes down what it was asked. */
export class EngineDouble implements EngineReader {
  readonly asked: string[] = [];
  readonly #answer: (path: string) => unknown;

  constructor(answer: ((path: string) => unknown) | Readonly<Record<string, unknown>>) {
    this.#answer = typeof answer === 'function' ? answer : (path) => answer[path] ?? null;
  }

  async get(path: string): Promise<unknown> {
    this.asked.push(path);
    const answer = this.#answer(path);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}
