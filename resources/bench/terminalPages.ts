import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { chromium as chromiumPath } from '../../e2e/support/places.ts';
import { terminals } from '../../electron/contract/calls.ts';
import type { RunView } from '../../electron/contract/models/run.ts';
import type { TerminalSize } from '../../electron/engine/host/terminalGateway.ts';
import { root } from '../setup/root.mjs';
import { Child } from './child.ts';
import { cli } from './places.ts';
import type { Site } from './site.ts';
import { until } from './waiting.ts';

/** One terminal in one browser page, whoever is behind it. */
export interface TerminalPage {
  readonly page: Page;
  /** The processes between Docker and the page. */
  readonly pids: readonly number[];
}

export interface TerminalPages {
  readonly run: RunView;
  /** The node whose shell both show. */
  readonly container: string;
  readonly ours: TerminalPage;
  readonly peer: TerminalPage;
  /** The same shell's size in both. */
  readonly size: TerminalSize;
  /** Another window of the same browser. */
  newPage(): Promise<Page>;
  /** The peer's page joined to another of the servers beside this file. */
  openPeer(script: string): Promise<TerminalPage>;
  close(): Promise<void>;
}

const FLAGS = ['--no-sandbox', '--enable-precise-memory-info'];

/** `at once`: no waiting for a display's next picture, which is the same for all and would hide how long a key takes. */
const DRAWING = { 'as a display does': [], 'at once': ['--disable-frame-rate-limit', '--disable-gpu-vsync'] };

/** Our page and the peer's in one browser: the same terminal of the same size on the same node, ours with everything around it. */
export async function openTerminalPages(site: Site, drawing: keyof typeof DRAWING): Promise<TerminalPages> {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of ends.reverse()) await end().catch(() => undefined);
  };
  try {
    const run = await site.engine.start('switching', 7);
    ends.push(() => site.engine.destroy(run.id));
    const node = run.nodes.find((it) => it.name === 'oak');
    if (!node) throw new Error('no node oak');
    const browser = await chromium.launch({
      executablePath: chromiumPath() ?? '',
      args: [...FLAGS, ...DRAWING[drawing]],
    });
    ends.push(() => browser.close());

    const [serve, link] = await Child.start([cli, 'serve'], /Patchbay is ready: (\S+)/);
    ends.push(() => serve.stop());
    const ours = await measuredPage(browser);
    await ours.goto(link);
    await ours.goto(`${new URL(link).origin}/#/run/${run.id}`);
    await focus(ours);
    const client = await site.engine.client();
    const { terminals: open } = await client.call(terminals.list, { run: run.id });
    const size = open.find((it) => it.node === node.name);
    if (!size) throw new Error('our page opened no terminal on oak');

    const folder = mkdtempSync(join(tmpdir(), 'pb-peer-'));
    ends.push(async () => rmSync(folder, { recursive: true, force: true }));
    await buildPeerPage(folder);
    const openPeer = async (script: string): Promise<TerminalPage> => {
      const server = join(root, 'resources/bench/peers', script);
      const env = { DOCKER_HOST: site.dockerAddress };
      const [child, port] = await Child.start([server, folder, node.container], /^(\d+)$/m, env);
      ends.push(() => child.stop());
      const page = await measuredPage(browser);
      await page.goto(`http://127.0.0.1:${port}/?cols=${size.cols}&rows=${size.rows}`);
      await focus(page);
      return { page, pids: [child.pid] };
    };
    return {
      run,
      container: node.container,
      ours: { page: ours, pids: [serve.pid, site.engine.pid ?? 0] },
      peer: await openPeer('ptyServer.mjs'),
      openPeer,
      size,
      newPage: () => measuredPage(browser),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function measuredPage(browser: Browser): Promise<Page> {
  // A window each: a page behind another one in the same window is not drawn.
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript({ path: join(root, 'resources/bench/page/probe.js') });
  return page;
}

/** Its terminal has the keyboard and shows a prompt. */
export async function focus(page: Page): Promise<void> {
  await page.locator('.xterm-screen').first().click();
  await until(30_000, 'a prompt on the page', async () => /[#$]\s*$/.test(await screenOf(page)));
}

export const screenOf = (page: Page): Promise<string> => page.evaluate('measured.screen()');

async function buildPeerPage(folder: string): Promise<void> {
  await build({
    root: join(root, 'resources/bench/peers/page'),
    configFile: false,
    logLevel: 'error',
    base: './',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
    },
  });
}
