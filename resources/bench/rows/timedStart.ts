import { PROMPT, Shell } from '../shell.ts';
import type { Site } from '../site.ts';

/** A lab with this many nodes. */
export const LAB = 'switching';
export const NODES = 4;

export interface TimedStart {
  /** Milliseconds from the wish to the links, and to a prompt that stands. */
  readonly links: number;
  readonly prompt: number;
}

let seed = 1;

/** Starts the lab and opens a terminal on its first node, as a page does; destroys it. */
export async function timedStart({ engine }: Site): Promise<TimedStart> {
  const client = await engine.client();
  const began = performance.now();
  const run = await engine.start(LAB, seed++);
  const linked = performance.now();
  try {
    const [first] = run.nodes;
    if (!first || run.nodes.length !== NODES) throw new Error(`${LAB} has ${run.nodes.length} nodes, not ${NODES}`);
    const shell = await Shell.open(client, run.id, first.name);
    const prompted = await shell.seen(PROMPT);
    return { links: linked - began, prompt: prompted - began };
  } finally {
    await engine.destroy(run.id);
  }
}
