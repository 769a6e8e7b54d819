import type { TerminalView } from '../../contract/models/terminal.ts';

/** Columns and rows of a terminal. */
export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** Where a new shell is opened. Both null: on the learner's own machine, where that is allowed (else `forbidden`). */
export interface TerminalPlace {
  readonly run: string | null;
  readonly node: string | null;
}

/** Takes a terminal's bytes on their way to one viewer. Never blocks: the gateway waits for the viewer's acknowledgements. */
export interface TerminalSink {
  write(bytes: Uint8Array): void;
}

/** One attachment of one client to one terminal. After `detach` its sink gets nothing more. */
export interface TerminalViewer {
  /** What the learner typed. */
  input(bytes: Uint8Array): void;
  /** So many bytes of what the sink was given are drawn; the gateway pauses the source above a high-water mark of undrawn ones. */
  ack(bytes: number): void;
  resize(size: TerminalSize): void;
  /** Leaves the shell running. May be called twice. */
  detach(): void;
}

/**
 * Everything about terminals that the contract offers, in terms of terminals and not of connections and channels.
 * The front door (`ContractServer`) allots the channels; `terminal.changed` goes out through the engine's pushes.
 * Errors: `not-found` for an unknown terminal, run or node, `node-stopped`, `limit`, `forbidden`.
 */
export interface TerminalGateway {
  /** Null: those on the learner's own machine. */
  list(run: string | null): Promise<TerminalView[]>;
  /** A new shell, and for the same attempt the same one; nobody is attached to it yet. */
  open(place: TerminalPlace, size: TerminalSize, attempt?: string): Promise<TerminalView>;
  /** The sink gets the kept screen and scrollback first, then everything as it comes; it may get bytes before this answers. */
  attach(
    terminal: string,
    size: TerminalSize,
    sink: TerminalSink,
  ): Promise<{ terminal: TerminalView; viewer: TerminalViewer }>;
  rename(terminal: string, title: string): Promise<TerminalView>;
  /** Ends the shell with SIGHUP, as closing a window does. */
  close(terminal: string): Promise<void>;
}
