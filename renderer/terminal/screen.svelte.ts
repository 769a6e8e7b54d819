import { terminals } from '../../electron/contract/calls.ts';
import type { Client } from '../../electron/contract/client.ts';
import { LabError } from '../../electron/contract/error.ts';
import type { TerminalView } from '../../electron/contract/models/terminal.ts';
import { terminalChanged } from '../../electron/contract/pushes.ts';
import { copyText } from '../app/clipboard.ts';
import { newAttempt } from '../connection/attempt.ts';
import type { Session } from '../connection/session.svelte.ts';
import { colours } from './look.ts';
import { Pacer } from './pacer.ts';
import type { Drawn } from './xterm.ts';

/** Which shell a screen shows: one that lives already, or a new one on a node. */
export interface Wanted {
  readonly run: string;
  readonly node: string | null;
  readonly terminal: string | null;
}

type State = { is: 'attaching' } | { is: 'live' } | { is: 'ended' } | { is: 'failed'; error: LabError };

/** One terminal on the page, joined to its shell in the engine; joined again by itself after a lost connection. */
export class Screen {
  readonly #session: Session;
  readonly #wanted: Wanted;
  readonly #opened: (view: TerminalView) => void;
  readonly #drawn: Drawn;
  readonly #ends: (() => void)[];
  #terminal: string | null;
  /** Of the shell that is asked for: asked again after a lost connection, it is the same shell. */
  #attempt = newAttempt();
  #line: { client: Client; channel: number; pacer: Pacer; end: () => void } | null = null;
  #tries = 0;
  #focused = false;
  #frame = 0;
  state = $state.raw<State>({ is: 'attaching' });
  cols = $state(0);
  rows = $state(0);

  constructor(session: Session, wanted: Wanted, drawn: Drawn, opened: (view: TerminalView) => void) {
    this.#session = session;
    this.#wanted = wanted;
    this.#terminal = wanted.terminal;
    this.#opened = opened;
    this.#drawn = drawn;
    const { term } = drawn;
    const utf8 = new TextEncoder();
    term.onData((text) => this.#send(utf8.encode(text)));
    term.onBinary((text) => this.#send(Uint8Array.from(text, (it) => it.charCodeAt(0))));
    term.onResize(({ cols, rows }) => this.#resized(cols, rows));
    term.attachCustomKeyEventHandler((event) => this.#key(event));
    this.#fit();
    this.#ends = [
      session.onConnected((client) => void this.#join(client)),
      session.on(terminalChanged, (view) => {
        if (view.id !== this.#terminal) return;
        if (view.state === 'ended') this.state = { is: 'ended' };
        this.#opened(view);
      }),
    ];
  }

  get search(): Drawn['search'] {
    return this.#drawn.search;
  }

  focus(): void {
    this.#drawn.term.focus();
  }

  /** A focused screen draws at once, every other one ten times a second. */
  set focused(focused: boolean) {
    this.#focused = focused;
    if (this.#line) this.#line.pacer.eager = focused;
  }

  /** Fits into its place, at the next frame; many calls in one frame count once. */
  fitSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#fit());
  }

  setFontSize(size: number): void {
    this.#drawn.term.options.fontSize = size;
    this.#fit();
  }

  recolour(): void {
    const { element } = this.#drawn.term;
    if (element) this.#drawn.term.options.theme = colours(element);
  }

  /** A new shell where one ended. */
  reopen(): void {
    this.#terminal = null;
    this.#attempt = newAttempt();
    this.#session.withClient((client) => void this.#join(client));
  }

  /** Leaves the shell running. */
  end(): void {
    for (const end of this.#ends) end();
    cancelAnimationFrame(this.#frame);
    this.#tries++;
    const line = this.#line;
    this.#leave();
    if (line && !line.client.closed) line.client.call(terminals.detach, { channel: line.channel }).catch(() => {});
    this.#drawn.term.dispose();
  }

  async #join(client: Client): Promise<void> {
    const mine = ++this.#tries;
    this.#leave();
    this.state = { is: 'attaching' };
    const { term } = this.#drawn;
    const size = { cols: term.cols, rows: term.rows };
    try {
      const { terminal, channel } = this.#terminal
        ? await client.call(terminals.attach, { terminal: this.#terminal, ...size })
        : await client.call(terminals.open, { ...placeOf(this.#wanted), ...size, attempt: this.#attempt });
      if (mine !== this.#tries) return;
      this.#terminal = terminal.id;
      // The engine sends what is to be seen, from the first line; nothing of before may stay.
      term.reset();
      this.#listen(client, channel);
      this.state = terminal.state === 'live' ? { is: 'live' } : { is: 'ended' };
      this.#opened(terminal);
      if (term.cols !== size.cols || term.rows !== size.rows) this.#resized(term.cols, term.rows);
    } catch (thrown) {
      const error = LabError.from(thrown);
      // A lost connection is told elsewhere, and the next one joins again.
      if (mine === this.#tries && error.code !== 'engine-gone') this.state = { is: 'failed', error };
    }
  }

  #listen(client: Client, channel: number): void {
    const { term } = this.#drawn;
    const pacer = new Pacer(
      (bytes, drawn) => term.write(bytes, drawn),
      (bytes) => client.ack(channel, bytes),
    );
    pacer.eager = this.#focused;
    const end = client.onBytes(channel, (bytes) => pacer.take(bytes));
    this.#line = { client, channel, pacer, end };
  }

  #leave(): void {
    this.#line?.end();
    this.#line?.pacer.end();
    this.#line = null;
  }

  #send(bytes: Uint8Array): void {
    this.#line?.client.sendBytes(this.#line.channel, bytes);
  }

  #fit(): void {
    const size = this.#drawn.fit.proposeDimensions();
    // A place that is hidden has no size.
    if (!size || !Number.isFinite(size.cols) || !Number.isFinite(size.rows) || size.cols < 2) return;
    this.#drawn.term.resize(size.cols, size.rows);
    this.cols = this.#drawn.term.cols;
    this.rows = this.#drawn.term.rows;
  }

  #resized(cols: number, rows: number): void {
    this.cols = cols;
    this.rows = rows;
    if (this.#terminal && this.#line) {
      this.#session.call(terminals.resize, { terminal: this.#terminal, cols, rows }).catch(() => {});
    }
  }

  /** False keeps a key from the shell. Copying is ours; pasting is the browser's own, or the desktop shell's clipboard. */
  #key(event: KeyboardEvent): boolean {
    if (!event.ctrlKey || !event.shiftKey || event.altKey) return true;
    if (event.code !== 'KeyC' && event.code !== 'KeyV') return true;
    if (event.type !== 'keydown') return false;
    const { term } = this.#drawn;
    const shell = window.patchbayShell?.clipboard;
    if (event.code === 'KeyC') {
      event.preventDefault();
      if (term.hasSelection()) void copyText(term.getSelection());
    } else if (shell) {
      event.preventDefault();
      void shell.readText().then((text) => term.paste(text));
    }
    return false;
  }
}

/** The learner's own machine belongs to no run. */
const placeOf = ({ run, node }: Wanted) => ({ run: node === null ? null : run, node });
