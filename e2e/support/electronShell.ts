import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { lockHolder } from '../../electron/engine/host/lock.ts';
import { desktop, electron } from './places.ts';
import { killProcess, type Shell } from './shell.ts';

/** The desktop window. */
export class ElectronShell implements Shell {
  readonly #stateDir: string;
  readonly #env: NodeJS.ProcessEnv;
  #app: ElectronApplication | null = null;

  constructor(stateDir: string, engineEnv: Readonly<Record<string, string>> = {}) {
    this.#stateDir = stateDir;
    this.#env = { ...process.env, ...engineEnv, PATCHBAY_STATE_DIR: stateDir };
  }

  /** For what only the main process can be asked. */
  get app(): ElectronApplication {
    if (!this.#app) throw new Error('It does not run.');
    return this.#app;
  }

  async start(): Promise<Page> {
    this.#app = await this.launch();
    return this.#app.firstWindow();
  }

  /** Another one with the same state directory. */
  launch(): Promise<ElectronApplication> {
    // Chromium refuses root inside its sandbox.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    // A variable that is undefined is left out by Node, which Playwright's type does not know.
    const env = this.#env as Record<string, string>;
    return _electron.launch({
      executablePath: electron() ?? '',
      args: [...sandbox, desktop],
      env,
      timeout: 30_000,
    });
  }

  async kill(): Promise<void> {
    const engine = lockHolder(this.#stateDir);
    const main = this.#app?.process().pid;
    this.#app = null;
    await Promise.all([main, engine?.pid].filter((it) => it !== undefined).map(killProcess));
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    this.#app = null;
  }
}
