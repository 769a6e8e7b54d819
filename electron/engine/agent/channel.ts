import { LabError } from '../../contract/error.ts';
import type { ExecStream } from '../docker/model.ts';
import type { ScriptResult } from './agent.ts';

const VERSION = 'patchbay-agent 1';
/** What the agent may take longer than the script's own deadline before we call it dead. Milliseconds. */
const GRACE = 1500;

interface Pending {
  readonly resolve: (result: ScriptResult) => void;
  readonly reject: (error: LabError) => void;
  readonly timer: NodeJS.Timeout;
}

interface Header {
  readonly id: number;
  readonly exit: number;
  readonly timedOut: boolean;
  readonly out: number;
  readonly err: number;
}

export const agentGone = (why: string, cause?: unknown) =>
  new LabError('agent-failed', `Patchbay's helper container did not answer: ${why}.`, {
    hint: 'This is not your mistake. Check again: Patchbay starts its helper anew. If it stays so, run `patchbay doctor`.',
    cause,
  });

/** The engine's end of one dispatcher: many requests under way at once, each answered whole. */
export class AgentChannel {
  readonly #exec: ExecStream;
  readonly #pending = new Map<number, Pending>();
  readonly #hello: Promise<void>;
  #settleHello: { resolve: () => void; reject: (error: LabError) => void } | null = null;
  #buffer: Buffer = Buffer.alloc(0);
  #nextId = 1;
  #dead: LabError | null = null;

  constructor(exec: ExecStream) {
    this.#exec = exec;
    this.#hello = new Promise((resolve, reject) => {
      this.#settleHello = { resolve, reject };
    });
    this.#hello.catch(() => undefined);
    exec.stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    exec.stream.on('error', (error) => this.#die(agentGone(error.message, error)));
    exec.stream.on('close', () => this.#die(agentGone('it ended')));
    exec.stream.on('end', () => this.#die(agentGone('it ended')));
    exec.stderr?.on('data', (chunk: Buffer) => this.#die(agentGone(chunk.toString().trim())));
  }

  get dead(): boolean {
    return this.#dead !== null;
  }

  /** Resolves when the dispatcher said hello with the version that we speak. */
  ready(): Promise<void> {
    return this.#hello;
  }

  async run(script: string, deadlineMs: number): Promise<ScriptResult> {
    await this.#hello;
    if (this.#dead) throw this.#dead;
    const id = this.#nextId++;
    const body = Buffer.from(script);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#die(agentGone(`no word for ${deadlineMs + GRACE} ms`)), deadlineMs + GRACE);
      this.#pending.set(id, { resolve, reject, timer });
      this.#exec.stream.write(Buffer.concat([Buffer.from(`run ${id} ${deadlineMs} ${body.length}\n`), body]));
    });
  }

  close(): void {
    this.#die(agentGone('it was closed'));
  }

  #receive(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf(0x0a);
      if (end < 0) return;
      const line = this.#buffer.subarray(0, end).toString();
      if (this.#settleHello) {
        if (line !== VERSION) return this.#die(agentGone(`it said "${line.slice(0, 200)}"`));
        this.#settleHello.resolve();
        this.#settleHello = null;
        this.#buffer = this.#buffer.subarray(end + 1);
        continue;
      }
      const header = readHeader(line);
      if (!header) return this.#die(agentGone(`it said "${line.slice(0, 200)}"`));
      const total = end + 1 + header.out + header.err;
      if (this.#buffer.length < total) return;
      this.#settle(header, this.#buffer.subarray(end + 1, total));
      this.#buffer = this.#buffer.subarray(total);
    }
  }

  #settle(header: Header, body: Buffer): void {
    const pending = this.#pending.get(header.id);
    if (!pending) return;
    this.#pending.delete(header.id);
    clearTimeout(pending.timer);
    const stdout = body.subarray(0, header.out).toString();
    const stderr = body.subarray(header.out).toString();
    const failure = failureOf(header, stderr);
    if (failure) pending.reject(failure);
    else pending.resolve({ exit: header.exit, stdout, stderr });
  }

  #die(error: LabError): void {
    if (this.#dead) return;
    this.#dead = error;
    this.#settleHello?.reject(error);
    this.#settleHello = null;
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    this.#pending.clear();
    this.#exec.drop();
  }
}

const readHeader = (line: string): Header | null => {
  const read = /^done (\d+) (\d+) ([01]) (\d+) (\d+)$/.exec(line);
  if (!read) return null;
  const [id, exit, late, out, err] = read.slice(1).map(Number) as [number, number, number, number, number];
  return { id, exit, timedOut: late === 1, out, err };
};

const failureOf = (header: Header, stderr: string): LabError | null => {
  if (header.timedOut) {
    return new LabError('probe-timeout', 'Reading the environment took longer than its deadline.', {
      hint: 'This is not your mistake and costs nothing. Check again in a moment.',
    });
  }
  // nsenter and sh say 126 and 127 when the tool itself cannot be run: that is our image's fault.
  if (header.exit === 126 || header.exit === 127) {
    return new LabError(
      'agent-failed',
      `A tool of Patchbay's helper is missing or broken: ${stderr.trim().slice(0, 300)}`,
      {
        hint: 'This is not your mistake. `patchbay clean`, then start again: the helper is made anew.',
      },
    );
  }
  return null;
};
