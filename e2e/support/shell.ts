import type { Page } from '@playwright/test';

/** A way to have Patchbay's page before one. */
export interface Shell {
  /** Opens the app: the catalog, with whatever ran before. */
  start(): Promise<Page>;
  /** As a power cut: every process of it gone at once, engine and all. Containers stay. */
  kill(): Promise<void>;
  /** As a learner who closes it. */
  stop(): Promise<void>;
}

/** Ends a process the hard way and waits until it is gone. */
export async function killProcess(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
    for (let n = 0; n < 200; n++) {
      process.kill(pid, 0);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  } catch {
    // Gone.
  }
}
