import type { TerminalSize } from '../host/terminalGateway.ts';

/** What a source tells. After `ended` nothing more comes. */
export interface ByteSourceEvents {
  bytes(chunk: Uint8Array): void;
  /** `exited`: the program is gone. `lost`: only our way to it is, so that it may be found again. */
  ended(how: 'exited' | 'lost'): void;
}

/** A program behind a terminal: in a node by dtach, on the learner's own machine by a pty, in a test by hand. */
export interface ByteSource {
  /** What is typed. Kept back until the program can take it. */
  write(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** No more bytes until `resume`, but for what is already under way. */
  pause(): void;
  resume(): void;
  /** Ends the program with SIGHUP, as closing a window does; resolves when it is done. */
  end(): Promise<void>;
  /** Lets go of the program without ending it, where it can live on its own. */
  leave(): void;
}

/** Starts or finds the program. Rejects with a LabError. */
export type OpenByteSource = (size: TerminalSize, events: ByteSourceEvents) => Promise<ByteSource>;
