import type { ExecStream } from '../docker/model.ts';

/** What came of a script. `exit` 124 and `timedOut`: our own deadline ended it. */
export interface ScriptResult {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ScriptOptions {
  /** Milliseconds after which the agent ends the script. */
  readonly deadlineMs?: number;
}

/**
 * The helper container's ear: runs shell scripts with our own tools in the pid namespace of the Docker Engine, about 3 ms each.
 * Rejects with LabError `agent-failed` (agent dead, tool missing: exit 126 or 127) or `probe-timeout` (deadline). Other exit codes are results.
 */
export interface Agent {
  run(script: string, options?: ScriptOptions): Promise<ScriptResult>;
  /** A long-running script on a stream of its own; lines of its stdout are told until the signal aborts. */
  watch(script: string, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
  /**
   * A command on a stream of its own, bytes both ways as they are; about 60 ms. The caller drops it. Rejects as Docker does.
   * What it says on stderr has to be read (`resume()` at least), or the command stands still in the end.
   */
  open(command: readonly string[]): Promise<ExecStream>;
  /** Resolves when nothing is being made any more; the container stays for whoever removes it. */
  close(): Promise<void>;
}
