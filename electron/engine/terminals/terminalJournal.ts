/** What outlives the engine of a terminal. Its bytes are kept apart, under its id. */
export interface TerminalRecord {
  readonly id: string;
  readonly run: string;
  readonly node: string;
  readonly title: string;
}

/** The run's journal, as far as terminals write to it. A method resolves when the record will survive a crash. */
export interface TerminalJournal {
  opened(record: TerminalRecord): Promise<void>;
  closed(run: string, terminal: string): Promise<void>;
  renamed(run: string, terminal: string, title: string): Promise<void>;
}
