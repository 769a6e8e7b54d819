import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, type Page, chromium as playwright } from '@playwright/test';
import { lockHolder } from '../../electron/engine/host/lock.ts';
import { chromium, cli } from './places.ts';
import { killProcess, type Shell } from './shell.ts';

/** `patchbay serve`, and a tab of Debian's Chromium. */
export class BrowserShell implements Shell {
  readonly #stateDir: string;
  readonly #env: NodeJS.ProcessEnv;
  #server: ChildProcess | null = null;
  #browser: Browser | null = null;

  constructor(stateDir: string, engineEnv: Readonly<Record<string, string>> = {}) {
    this.#stateDir = stateDir;
    this.#env = { ...process.env, ...engineEnv, PATCHBAY_STATE_DIR: stateDir };
  }

  async start(): Promise<Page> {
    const link = await this.#serve();
    this.#browser ??= await playwright.launch({ executablePath: chromium() ?? '' });
    const page = await this.#browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(link);
    return page;
  }

  async kill(): Promise<void> {
    const engine = lockHolder(this.#stateDir);
    await Promise.all([this.#server?.pid, engine?.pid].filter((it) => it !== undefined).map(killProcess));
    this.#server = null;
    for (const context of this.#browser?.contexts() ?? []) await context.close();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    this.#browser = null;
    if (this.#server) {
      const ended = once(this.#server, 'exit');
      this.#server.kill('SIGINT');
      await ended;
    }
    this.#server = null;
  }

  async #serve(): Promise<string> {
    const server = spawn(process.execPath, [cli, 'serve'], { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#server = server;
    let said = '';
    return new Promise((resolve, reject) => {
      const read = (chunk: Buffer) => {
        said += chunk;
        const link = /Patchbay is ready: (\S+)/.exec(said)?.[1];
        if (link) resolve(link);
      };
      server.stdout.on('data', read);
      server.stderr.on('data', read);
      server.once('exit', (code) => reject(new Error(`patchbay serve ended with ${code}: ${said}`)));
    });
  }
}
