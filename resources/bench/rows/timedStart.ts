import { runs } from '../../../electron/contract/calls.ts';
import type { Client } from '../../../electron/contract/client.ts';
import type { EnvironmentView } from '../../../electron/contract/models/run.ts';
import { runChanged } from '../../../electron/contract/pushes.ts';
import { PROMPT, Shell } from '../shell.ts';
import type { Site } from '../site.ts';
import { within } from '../waiting.ts';

/** A lab with this many nodes. */
export const LAB = 'switching';
export const NODES = 4;

export interface TimedStart {
  /** Milliseconds from the wish to the links, and to a prompt that stands. */
  readonly links: number;
  readonly prompt: number;
}

let seed = 1;

/** Starts the lab and opens a terminal on its first node as soon as the run is shown as running, as a page does; destroys it. */
export async function timedStart({ engine }: Site): Promise<TimedStart> {
  const client = await engine.client();
  const shown = shownAs(client, 'running');
  const began = performance.now();
  const { id, nodes } = await client.call(runs.start, { lab: LAB, seed: seed++, attempt: crypto.randomUUID() });
  try {
    const [first] = nodes;
    if (!first || nodes.length !== NODES) throw new Error(`${LAB} has ${nodes.length} nodes, not ${NODES}`);
    const linked = await within(60_000, 'the start of a lab', shown(id));
    const shell = await Shell.open(client, id, first.name);
    const prompted = await shell.seen(PROMPT);
    return { links: linked - began, prompt: prompted - began };
  } finally {
    await client.call(runs.ready, { run: id });
    await engine.destroy(id);
  }
}

/** Listens before the run is there; answers when the run was first told to be so. */
function shownAs(client: Client, state: EnvironmentView['state']): (run: string) => Promise<number> {
  const told = new Map<string, number>();
  let wake = () => {};
  const end = client.on(runChanged, (view) => {
    if (view.environment.state !== state || told.has(view.id)) return;
    told.set(view.id, performance.now());
    wake();
  });
  return async (run) => {
    for (;;) {
      const at = told.get(run);
      if (at !== undefined) {
        end();
        return at;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
