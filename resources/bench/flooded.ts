import { memoryOf } from './child.ts';
import type { TerminalPage } from './terminalPages.ts';
import { until } from './waiting.ts';

/** Lines of 79 columns and what ends them, about 50 MB, no two alike. */
const LINES = 617_284;
const REST = 'abcdefghijklmnopqrstuvwxyz 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ ..'.padEnd(68, '.');
const LINE = 81;
/** Bytes. */
export const TOTAL = LINES * LINE;
/** A slow and busy machine. Milliseconds. */
const LIMIT = 180_000;

export interface Flood {
  /** From Enter to the last line on the screen. */
  readonly seconds: number;
  /** 0 when each came, once and in order; all of them where the hash differs. */
  readonly lost: number;
  /** MB over what the processes had before. */
  readonly memory: number;
  /** MB over what the page's scripts had before. */
  readonly heap: number;
}

interface State {
  readonly taken: number;
  readonly hash: number;
  readonly now: number;
}

/** Lets the shell print it all and waits until its end stands on the screen. */
export async function flood({ page, pids }: TerminalPage): Promise<Flood> {
  await page.bringToFront();
  const ask = <T>(script: string) => page.evaluate<T>(script);
  const memory = () => pids.reduce((sum, pid) => sum + memoryOf(pid), 0);
  const heap = () => ask<number>('performance.memory.usedJSHeapSize / 1e6');
  await ask(`measured.armFlood(${TOTAL})`);
  const before = { memory: memory(), heap: await heap() };
  const end = `end-${Math.floor(Math.random() * 1e6)}`;
  await page.keyboard.type(`clear; seq -f '%010.0f ${REST}' 1 ${LINES}; echo ${end.replace('-', "'-'")}`);
  const began = (await ask<State>('measured.flood()')).now;
  await page.keyboard.press('Enter');
  const high = { memory: 0, heap: 0 };
  let state: State | null = null;
  await until(LIMIT, 'the end of the flood on the screen', async () => {
    high.memory = Math.max(high.memory, memory() - before.memory);
    high.heap = Math.max(high.heap, (await heap()) - before.heap);
    state = await ask<State>('measured.flood()');
    return state.taken === TOTAL && (await ask<string>('measured.screen()')).includes(end);
  });
  const { taken, hash, now } = state ?? { taken: 0, hash: 0, now: began };
  return {
    seconds: (now - began) / 1000,
    lost: hash === expectedHash() ? TOTAL - taken : TOTAL,
    memory: high.memory,
    heap: high.heap,
  };
}

let expected: number | null = null;

/** As the page's own script makes it of what arrives. */
function expectedHash(): number {
  if (expected !== null) return expected;
  let hash = 0;
  for (let line = 1; line <= LINES; line++) {
    const text = `${String(line).padStart(10, '0')} ${REST}\r\n`;
    for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  }
  expected = hash;
  return hash;
}
