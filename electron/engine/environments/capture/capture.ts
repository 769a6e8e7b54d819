import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import { captureScript, LISTENING } from './captureScript.ts';
import { type Packet, packetIn } from './packet.ts';

/** Milliseconds in which it has to listen. */
const PATIENCE = 5000;
/** Kinds of packets that are kept; the oldest go first. */
const MOST = 2000;

/** A tcpdump of ours that listens, or has ended. */
interface Listening {
  readonly began: Promise<void>;
  ended: LabError | null;
}

/** What has been seen in one node's network since somebody asked for the first time. */
export class Capture {
  readonly pid: number;
  readonly #agent: Agent;
  readonly #node: string;
  readonly #tell: () => void;
  readonly #closing = new AbortController();
  readonly #seen = new Map<string, Packet>();
  #listening: Listening | null = null;

  /** `tell` is called with every kind of packet that was not there before. */
  constructor(agent: Agent, { name, pid }: { name: string; pid: number }, tell: () => void) {
    this.#agent = agent;
    this.#node = name;
    this.pid = pid;
    this.#tell = tell;
  }

  /**
   * Begins to listen when nobody does. Rejects with `agent-failed` or `probe-failed` when that was not possible, and once when it was interrupted: what
   * went by meanwhile nobody has seen, and that is not the learner's fault.
   */
  async packets(): Promise<Packet[]> {
    const lost = this.#listening?.ended ?? null;
    if (!this.#listening || lost) this.#listening = this.#listen();
    await this.#listening.began;
    if (lost) throw interrupted(this.#node, lost);
    return [...this.#seen.values()];
  }

  close(): void {
    this.#closing.abort();
  }

  #listen(): Listening {
    const stop = new AbortController();
    let said = 'it said nothing';
    let settle = { resolve: () => {}, reject: (_: LabError) => {} };
    const began = new Promise<void>((resolve, reject) => {
      settle = { resolve, reject };
    });
    began.catch(() => undefined);
    const listening: Listening = { began, ended: null };
    const end = (error: LabError) => {
      listening.ended ??= error;
      settle.reject(error);
      stop.abort();
    };
    const timer = setTimeout(() => end(deaf(this.#node, said)), PATIENCE);
    const hear = (line: string) => {
      const packet = packetIn(line);
      if (packet) return this.#see(line, packet);
      if (line === LISTENING) {
        clearTimeout(timer);
        settle.resolve();
      } else said = line.slice(0, 200);
    };
    this.#agent
      .watch(captureScript(this.pid), hear, AbortSignal.any([stop.signal, this.#closing.signal]))
      .then(
        () => end(deaf(this.#node, said)),
        (thrown) => end(thrown instanceof LabError ? thrown : deaf(this.#node, String(thrown))),
      )
      .finally(() => clearTimeout(timer));
    return listening;
  }

  #see(line: string, packet: Packet): void {
    if (this.#seen.has(line)) return;
    const [oldest] = this.#seen.keys();
    if (this.#seen.size >= MOST && oldest !== undefined) this.#seen.delete(oldest);
    this.#seen.set(line, packet);
    this.#tell();
  }
}

const deaf = (node: string, why: string) =>
  new LabError('probe-failed', `Patchbay could not listen to the packets of ${node}: ${why}.`, {
    hint: 'This is not your mistake and costs nothing. Check again; if it stays so, reset the environment, and see `patchbay doctor`.',
    data: { node },
  });

const interrupted = (node: string, cause: LabError) =>
  new LabError('probe-failed', `Patchbay did not hear all packets of ${node}: ${cause.message}`, {
    hint: 'This is not your mistake and costs nothing. Send the packets once more, then check again.',
    data: { node },
    cause,
  });
