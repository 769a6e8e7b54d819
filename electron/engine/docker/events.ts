import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import { bounded, patience } from './bounded.ts';
import type { ContainerEvent } from './model.ts';

const kinds = ['start', 'die', 'pause', 'unpause', 'destroy', 'rename', 'oom'] as const;

/** Source: Docker Engine API, "SystemEvents". A container's labels stand among its attributes. */
const Message = z.object({
  Action: z.enum(kinds),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});

/** Resolves when the subscription stands. */
export async function watchContainers(
  client: Dockerode,
  labels: Readonly<Record<string, string>>,
  onEvent: (event: ContainerEvent) => void,
  signal: AbortSignal,
  onLost: () => void,
): Promise<void> {
  const filters = { type: ['container' as const], event: [...kinds], label: labelFilter(labels) };
  const stream = await bounded('tell its events', patience.ask, async () => {
    const stream = await client.getEvents({ filters });
    return stream as Readable;
  });
  stream.on('error', () => stream.destroy());
  stream.once('close', () => {
    if (!signal.aborted) onLost();
  });
  if (signal.aborted) stream.destroy();
  signal.addEventListener('abort', () => stream.destroy(), { once: true });
  const lines = createInterface({ input: stream });
  lines.on('line', (line) => {
    const event = line && !signal.aborted ? eventOf(line) : null;
    if (event) onEvent(event);
  });
  // It tells the stream's error once more, and unheard that would end our process.
  lines.on('error', () => undefined);
}

/** Null for what is none of the events that we know. */
export function eventOf(line: string): ContainerEvent | null {
  const message = Message.safeParse(parsed(line));
  if (!message.success) return null;
  const { name = '', image: _image, exitCode: _exit, oldName: _old, ...labels } = message.data.Actor.Attributes;
  return { kind: message.data.Action, id: message.data.Actor.ID, name, labels };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

export const labelFilter = (labels: Readonly<Record<string, string>>): string[] =>
  Object.entries(labels).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
