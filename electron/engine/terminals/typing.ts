import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/error.ts';
import { plainText } from './plainText.ts';
import { ShellMarks, type ShellPart } from './shellMarks.ts';
import type { Terminal } from './terminal.ts';

/** What a command that was typed came to. `exit` is null when the shell ended with it. */
export interface Typed {
  readonly exit: number | null;
  /** Plain text of what it printed; of more than OUTPUT_LIMIT bytes the first. */
  readonly output: string;
}

export interface TypingOptions {
  /** Milliseconds for all of it: the prompt before, the typing, the command. */
  readonly deadlineMs: number;
  /** `person`: key by key, so that it is seen to be typed. */
  readonly pace: 'person' | 'at-once';
}

const OUTPUT_LIMIT = 1024 * 1024;
/** Milliseconds between two keys. */
const KEY_TIME = 2;
const ENTER = '\r';
/** Ctrl+A, Ctrl+K: what somebody has typed and not entered is out of the way (Ctrl+Y brings it back). */
const CLEAR_LINE = '\x01\x0b';
const INTERRUPT = '\x03';

/**
 * Types a command line, or several, into a terminal at its prompt, and waits until the prompt is back. Needs the marks that the nodes' own
 * .bashrc prints. Several lines are entered one after another, each when the shell is ready for it; the exit code is the last command's.
 * Rejects with `timeout` (the command is interrupted by Ctrl+C), `bad-input` when the shell wants more than was given, `node-stopped` when there is
 * no shell.
 */
export async function typeCommand(terminal: Terminal, command: string, options: TypingOptions): Promise<Typed> {
  if (terminal.view.state === 'ended')
    throw new LabError('node-stopped', `The shell of ${terminal.identity.title} has ended.`, {
      hint: 'Open a new terminal.',
    });
  const shell = new FollowedShell(terminal);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.deadlineMs);
  try {
    await orLate(shell.prompt(), deadline.signal, () => noPrompt(terminal, options));
    terminal.input(Buffer.from(CLEAR_LINE));
    for (const line of command.trimEnd().split('\n')) {
      await type(terminal, await keysFor(line, terminal), options.pace);
      const taken = shell.taken();
      terminal.input(Buffer.from(ENTER));
      await orLate(taken, deadline.signal, () => {
        terminal.input(Buffer.from(INTERRUPT));
        return tooLong(terminal, command, options, shell.output);
      });
      if (shell.gone) return { exit: null, output: shell.output };
    }
    if (shell.wantsMore) {
      terminal.input(Buffer.from(INTERRUPT));
      throw unfinished(terminal, command);
    }
    return { exit: shell.exit, output: shell.output };
  } finally {
    clearTimeout(timer);
    shell.leave();
  }
}

/** Reads along in a terminal, and knows whether its prompt stands and what the command that was asked for has printed. */
class FollowedShell {
  readonly #terminal: Terminal;
  readonly #marks = new ShellMarks();
  readonly #stop: () => void;
  #output: Uint8Array[] = [];
  #size = 0;
  #stage: 'before' | 'typed' | 'running' | 'ended' = 'before';
  #stands = false;
  #onPrompt: () => void = () => {};
  #onTaken: () => void = () => {};
  exit: number | null = null;
  wantsMore = false;
  gone = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#stop = terminal.listen({
      bytes: (chunk) => this.#marks.feed(chunk).forEach((part) => this.#follow(part)),
      ended: () => {
        this.gone = true;
        this.#onTaken();
      },
    });
  }

  get output(): string {
    return plainText(Buffer.concat(this.#output));
  }

  /** Resolves when a prompt stands: one that is on the kept screen already, or the next one. */
  async prompt(): Promise<void> {
    const seen = await this.#terminal.lastMark();
    if (seen === 'B' || this.#stands) return;
    await new Promise<void>((resolve) => {
      this.#onPrompt = resolve;
    });
  }

  /** Resolves when the line that is entered next has been run, or more lines of its command are wanted, or the shell is gone. */
  taken(): Promise<void> {
    this.#stage = 'typed';
    this.wantsMore = false;
    return new Promise((resolve) => {
      this.#onTaken = resolve;
    });
  }

  leave(): void {
    this.#stop();
  }

  #follow(part: ShellPart): void {
    if (part.kind === 'output') return this.#keep(part.bytes);
    this.#stands = part.mark === 'B';
    if (this.#stands) this.#onPrompt();
    if (this.#stage === 'before') return;
    switch (part.mark) {
      case 'A':
        return;
      case 'B':
        // A prompt that is only drawn again comes without a D before it.
        if (this.#stage === 'ended') this.#onTaken();
        return;
      case 'C':
        this.#stage = 'running';
        return;
      case 'D':
        this.#stage = 'ended';
        this.exit = /^\d+$/.test(part.argument) ? Number(part.argument) : null;
        return;
      case 'P':
        this.wantsMore = true;
        return this.#onTaken();
    }
  }

  #keep(bytes: Uint8Array): void {
    if (this.#stage !== 'running' || this.#size >= OUTPUT_LIMIT) return;
    this.#output.push(bytes.slice(0, OUTPUT_LIMIT - this.#size));
    this.#size += bytes.length;
  }
}

/** A line with keys that the shell would act on, a tab for one, is pasted. */
async function keysFor(line: string, terminal: Terminal): Promise<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a tab would complete
  if (!/[\x00-\x1f]/.test(line)) return line;
  // The shell says so just before its prompt, which the mirror has to have read.
  await terminal.lastMark();
  return terminal.mirror.bracketedPaste ? `\x1b[200~${line}\x1b[201~` : line;
}

async function type(terminal: Terminal, keys: string, pace: TypingOptions['pace']): Promise<void> {
  if (pace === 'at-once' || keys.startsWith('\x1b')) return terminal.input(Buffer.from(keys));
  for (const key of keys) {
    terminal.input(Buffer.from(key));
    await sleep(KEY_TIME);
  }
}

async function orLate<T>(wanted: Promise<T>, late: AbortSignal, error: () => LabError): Promise<T> {
  let onLate: () => void = () => {};
  const tooLate = new Promise<never>((_, reject) => {
    onLate = () => reject(error());
  });
  late.addEventListener('abort', onLate);
  if (late.aborted) onLate();
  try {
    return await Promise.race([wanted, tooLate]);
  } finally {
    late.removeEventListener('abort', onLate);
  }
}

const noPrompt = (terminal: Terminal, { deadlineMs }: TypingOptions): LabError =>
  new LabError('timeout', `The shell of ${terminal.identity.title} showed no prompt within ${deadlineMs} ms.`, {
    hint: 'A program may be running in it, or its .bashrc was changed. A new terminal, or a reset, has a fresh shell.',
    data: { node: terminal.identity.node, screen: terminal.mirror.text().split('\n').slice(-10).join('\n') },
  });

const unfinished = (terminal: Terminal, command: string): LabError =>
  new LabError(
    'bad-input',
    `On ${terminal.identity.title} \`${command}\` is no whole command: the shell waits for more.`,
    {
      hint: 'Look for a quote, a bracket or a document that is not closed.',
      data: { node: terminal.identity.node, command },
    },
  );

const tooLong = (terminal: Terminal, command: string, { deadlineMs }: TypingOptions, output: string): LabError =>
  new LabError('timeout', `On ${terminal.identity.title} \`${command}\` did not end within ${deadlineMs} ms.`, {
    hint: 'It was interrupted with Ctrl+C.',
    data: { node: terminal.identity.node, command, output: output.slice(-2000) },
  });
