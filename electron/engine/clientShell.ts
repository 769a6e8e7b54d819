import { terminals } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import type { TerminalView } from '../contract/models/terminal.ts';

/** A shell takes longer than this only when something is wrong. Milliseconds. */
const PATIENCE = 15_000;
const SIZE = { cols: 120, rows: 30 };

let asked = 0;

/** For tests: a terminal as a page has it, through the contract alone. */
export class ClientShell {
  readonly view: TerminalView;
  readonly #client: Client;
  readonly #channel: number;
  readonly #waiting = new Set<() => void>();
  /** Everything that came, the kept screen first. */
  text = '';

  static async open(client: Client, run: string, node: string): Promise<ClientShell> {
    const { terminal, channel } = await client.call(terminals.open, { run, node, ...SIZE });
    return new ClientShell(client, terminal, channel);
  }

  static async attach(client: Client, id: string): Promise<ClientShell> {
    const { terminal, channel } = await client.call(terminals.attach, { terminal: id, ...SIZE });
    return new ClientShell(client, terminal, channel);
  }

  private constructor(client: Client, view: TerminalView, channel: number) {
    this.view = view;
    this.#client = client;
    this.#channel = channel;
    client.onBytes(channel, (bytes) => {
      this.text += Buffer.from(bytes).toString();
      client.ack(channel, bytes.length);
      for (const wake of this.#waiting) wake();
    });
  }

  type(text: string): void {
    this.#client.sendBytes(this.#channel, Buffer.from(text));
  }

  /** Types a command and resolves with what it prints, on one line. */
  async ask(command: string): Promise<string> {
    const mark = `${process.pid}x${++asked}`;
    // The shell puts the mark together, so that what was typed is told from what was printed.
    this.type(`echo "<${mark.replace('x', 'x""')}:$(${command}):>"\r`);
    const printed = await this.until(new RegExp(`<${mark}:([\\s\\S]*?):>`));
    return (printed[1] ?? '').trim();
  }

  /** Resolves when this has been printed. Rejects after 15 s with the end of what was. */
  until(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(this.text);
        if (!found) return;
        done();
        resolve(found);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`${pattern} was not printed, but: ${this.text.slice(-500)}`));
      }, PATIENCE);
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
