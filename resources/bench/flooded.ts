import { memoryOf } from './child.ts';
import type { TerminalPage } from './terminalPages.ts';
import { within } from './waiting.ts';

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

interface Arrived {
  readonly took: number;
  readonly taken: number;
  readonly hash: number;
}

/** Lets the shell print it all and waits until its end stands on the screen. */
export async function flood({ page, pids }: TerminalPage): Promise<Flood> {
  await page.bringToFront();
  const memory = () => pids.reduce((sum, pid) => sum + memoryOf(pid), 0);
  const heap = () => page.evaluate<number>('performance.memory.usedJSHeapSize / 1e6');
  const before = { memory: memory(), heap: await heap() };
  const high = { memory: 0, heap: 0 };
  const look = async () => {
    high.memory = Math.max(high.memory, memory() - before.memory);
    high.heap = Math.max(high.heap, (await heap()) - before.heap);
  };
  const end = `end-${Math.floor(Math.random() * 1e6)}`;
  await page.keyboard.type(`clear; seq -f '%010.0f ${REST}' 1 ${LINES}; echo ${end.replace('-', "'-'")}`);
  await page.evaluate(`measured.armFlood(${TOTAL}, '${end}')`);
  // Seldom, for looking costs the page time too.
  const looking = setInterval(() => void look().catch(() => undefined), 500);
  try {
    await page.keyboard.press('Enter');
    const { took, taken, hash } = await within(LIMIT, 'a flood', page.evaluate<Arrived>('measured.flood'));
    const lost = hash === expectedHash() ? TOTAL - taken : TOTAL;
    return { seconds: took / 1000, lost, memory: high.memory, heap: high.heap };
  } finally {
    clearInterval(looking);
  }
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
