import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';

/** One line of what Docker prints while it pulls, builds, loads or imports. Source: Docker Engine API, "ImageBuild". */
export const EngineMessage = z.object({
  /** A piece of a build's output. */
  stream: z.string().optional(),
  status: z.string().optional(),
  /** The layer that `status` speaks of. */
  id: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
  error: z.string().optional(),
  aux: z.object({ ID: z.string().optional() }).optional(),
});
export type EngineMessage = z.infer<typeof EngineMessage>;

/** Reads the stream to its end; rejects with the engine's own words when it says `error`. */
export async function engineMessages(stream: Readable, onMessage: (message: EngineMessage) => void): Promise<void> {
  const broken = new Promise<never>((_, reject) => stream.once('error', reject));
  const read = (async () => {
    for await (const line of createInterface({ input: stream })) {
      const message = parsed(line);
      if (message?.error) throw new Error(message.error);
      if (message) onMessage(message);
    }
  })();
  await Promise.race([read, broken]);
}

function parsed(line: string): EngineMessage | null {
  try {
    return EngineMessage.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
