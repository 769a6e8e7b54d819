import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { STOP } from './channels.ts';
import { restartPause } from './restartPause.ts';

/** An engine that does not put itself down in this time is ended. Milliseconds. */
const STOP_WAIT = 5000;

/** The utility process with the engine; started again when it dies. */
export class EngineProcess {
  readonly #program: string;
  readonly #stateDir: string;
  readonly #restartListeners = new Set<() => void>();
  #child: UtilityProcess | null = null;
  #stopping = false;
  #startedAt = 0;
  #earlyDeaths = 0;

  constructor(program: string, stateDir: string) {
    this.#program = program;
    this.#stateDir = stateDir;
  }

  start(): void {
    this.#startedAt = performance.now();
    const args = process.argv.filter((it) => it === '--host-terminal');
    const child = utilityProcess.fork(this.#program, args, { serviceName: 'Patchbay engine', stdio: 'pipe' });
    const logs = join(this.#stateDir, 'logs');
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    for (const stream of [child.stdout, child.stderr])
      stream?.pipe(createWriteStream(join(logs, 'engine.log'), { flags: 'a', mode: 0o600 }));
    child.once('exit', () => void this.#died());
    this.#child = child;
  }

  /** A port to the engine for one page. */
  newPort(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    // Between a death and the next start the port leads nowhere and closes: the page asks again.
    if (this.#child) this.#child.postMessage(null, [port1]);
    else port1.close();
    return port2;
  }

  /** Told when a dead engine was started again. */
  onRestart(listener: () => void): void {
    this.#restartListeners.add(listener);
  }

  /** Lets the engine put everything down. Runs and their containers stay. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.postMessage(STOP);
    await Promise.race([ended, sleep(STOP_WAIT).then(() => child.kill())]);
  }

  async #died(): Promise<void> {
    this.#child = null;
    if (this.#stopping) return;
    this.#earlyDeaths = performance.now() - this.#startedAt < 10_000 ? this.#earlyDeaths + 1 : 0;
    await sleep(restartPause(this.#earlyDeaths));
    if (this.#stopping) return;
    this.start();
    for (const listener of this.#restartListeners) listener();
  }
}
