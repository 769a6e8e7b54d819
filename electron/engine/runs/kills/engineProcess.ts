import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../../../contract/client.ts';
import type { RunView } from '../../../contract/models/run.ts';
import { NO_GRANTS } from '../../host/grants.ts';
import { joinEngine } from '../../host/join.ts';
import { productRoot } from '../../root.ts';
import { untilRun } from '../../untilRun.ts';

/** The built engine as a process of its own, to be killed. */
export class EngineProcess {
  readonly client: Client;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, client: Client) {
    this.#child = child;
    this.client = client;
  }

  /** Resolves when it answers. */
  static async start(stateDir: string): Promise<EngineProcess> {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const path = join(stateDir, 'engine.out');
    const log = openSync(path, 'a');
    const child = spawn(process.execPath, [join(productRoot(), 'dist', 'cli', 'patchbay.cjs'), 'engine'], {
      stdio: ['ignore', log, log],
      env: { ...process.env, PATCHBAY_STATE_DIR: stateDir },
    });
    closeSync(log);
    const ended = new Promise<{ log: string }>((resolve) =>
      child.once('exit', () => resolve({ log: readFileSync(path, 'utf8').slice(-2000) })),
    );
    return new EngineProcess(child, new Client(await joinEngine(stateDir, NO_GRANTS, () => ({ ended }))));
  }

  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** As Ctrl-C does it. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  until(run: string, holds: (view: RunView) => boolean): Promise<RunView> {
    return untilRun(this.client, run, holds);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    await gone;
  }
}
