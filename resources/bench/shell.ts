import { terminals } from '../../electron/contract/calls.ts';
import type { Client } from '../../electron/contract/client.ts';
import { within } from './waiting.ts';

/** Our shells say when a prompt stands (OSC 133). */
export const PROMPT = '\x1b]133;B';

/** A shell on a node, read by the contract: what a page has, without the page. */
export class Shell {
  readonly #client: Client;
  readonly #channel: number;
  readonly #terminal: string;
  #text = '';
  #waiting: { text: string; found: (at: number) => void } | null = null;

  private constructor(client: Client, terminal: string, channel: number) {
    this.#client = client;
    this.#terminal = terminal;
    this.#channel = channel;
    const decoder = new TextDecoder();
    client.onBytes(channel, (bytes) => {
      client.ack(channel, bytes.length);
      this.#text += decoder.decode(bytes, { stream: true });
      this.#look();
    });
  }

  static async open(client: Client, run: string, node: string): Promise<Shell> {
    const size = { cols: 80, rows: 24 };
    const { terminal, channel } = await within(
      20_000,
      `a terminal on ${node}`,
      client.call(terminals.open, { run, node, ...size }),
    );
    return new Shell(client, terminal.id, channel);
  }

  type(text: string): void {
    this.#client.sendBytes(this.#channel, new TextEncoder().encode(text));
  }

  /** Resolves with the moment (`performance.now`) at which the text had come; what stands before it is forgotten. */
  seen(text: string): Promise<number> {
    const found = new Promise<number>((resolve) => {
      this.#waiting = { text, found: resolve };
      this.#look();
    });
    return within(20_000, `"${text}" in a terminal`, found);
  }

  /** What the group of the pattern matched; waits for it. */
  async read(pattern: RegExp): Promise<string> {
    for (const deadline = performance.now() + 20_000; performance.now() < deadline; ) {
      const found = pattern.exec(this.#text)?.[1];
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`${pattern} never came in a terminal`);
  }

  async close(): Promise<void> {
    await within(20_000, 'the end of a shell', this.#client.call(terminals.close, { terminal: this.#terminal }));
  }

  #look(): void {
    if (!this.#waiting) return;
    const at = this.#text.indexOf(this.#waiting.text);
    if (at < 0) return;
    this.#text = this.#text.slice(at + this.#waiting.text.length);
    const { found } = this.#waiting;
    this.#waiting = null;
    found(performance.now());
  }
}
