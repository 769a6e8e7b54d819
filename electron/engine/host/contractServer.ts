import { EngineStatus } from '../../contract/models/status.ts';
import { TerminalView } from '../../contract/models/terminal.ts';
import { statusChanged, terminalChanged } from '../../contract/pushes.ts';
import type { Transport } from '../../contract/wire.ts';
import { Connection } from './connection.ts';
import type { Grants } from './grants.ts';
import type { Engine, PushMessage } from './hosted.ts';
import type { PageDoor } from './pageDoor.ts';

/** Serves the contract of one engine to any number of clients, whatever carries them. */
export class ContractServer {
  readonly engine: Engine;
  /** Answers `engine.stop`. */
  readonly stop: () => void;
  /** Terminals on the learner's own machine: connections without the grant never hear of them. */
  readonly hostTerminals = new Set<string>();
  readonly #connections = new Map<Connection, Grants>();
  readonly #countListeners = new Set<(count: number) => void>();
  readonly #unsubscribe: () => void;
  #door: Promise<PageDoor> | null = null;
  #nextConnection = 1;

  constructor(engine: Engine, stop: () => void) {
    this.engine = engine;
    this.stop = stop;
    this.#unsubscribe = engine.pushes.subscribe((push) => this.#broadcast(push));
  }

  /** Serves this client until its transport closes. */
  connect(transport: Transport, grants: Grants): void {
    const connection = new Connection(`c${this.#nextConnection++}`, transport, grants, this);
    this.#connections.set(connection, grants);
    this.#tellCount();
    transport.onClose(() => {
      connection.end();
      this.#connections.delete(connection);
      this.#tellCount();
    });
  }

  /** Answers `engine.door`. Its code is loaded with the first one: no window and no command needs it. */
  async admitPage(origin: string, grants: Grants, port?: number): Promise<{ port: number; ticket: string }> {
    this.#door ??= import('./pageDoor.ts').then(
      ({ PageDoor }) => new PageDoor((page, granted) => this.connect(page, granted)),
    );
    return (await this.#door).ticket(origin, grants, port);
  }

  get clients(): number {
    return this.#connections.size;
  }

  /** Tells how many clients there are, each time one comes or leaves. */
  onClients(listener: (count: number) => void): void {
    this.#countListeners.add(listener);
  }

  /** Takes leave of every client. The engine itself is closed by its host. */
  close(): void {
    this.#unsubscribe();
    void this.#door?.then((door) => door.close());
    for (const connection of [...this.#connections.keys()]) connection.close();
  }

  #tellCount(): void {
    for (const listener of this.#countListeners) listener(this.#connections.size);
  }

  #broadcast(push: PushMessage): void {
    const terminal = push.name === terminalChanged.name ? TerminalView.safeParse(push.payload).data : undefined;
    const secret = terminal !== undefined && terminal.run === null;
    if (secret) this.hostTerminals.add(terminal.id);
    for (const [connection, grants] of this.#connections) {
      if (secret && !grants.hostTerminal) continue;
      connection.push(push.name === statusChanged.name ? { ...push, payload: statusFor(grants, push.payload) } : push);
    }
  }
}

/** The engine's status as this connection may see it: whether a terminal on the own machine is on offer is the shell's affair. */
export const statusFor = (grants: Grants, status: unknown): unknown => {
  const read = EngineStatus.safeParse(status);
  return read.success ? { ...read.data, hostTerminal: grants.hostTerminal } : status;
};
