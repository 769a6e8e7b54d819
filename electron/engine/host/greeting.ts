import { z } from 'zod';
import { CONTROL, decodeFrame, encodeFrame } from '../../contract/frames.ts';
import { Grants } from './grants.ts';

/** The first frame on the engine's socket. The shell sends it before it lets a page's frames through, so no page can forge it. */
const Greeting = z.object({ greeting: z.literal('patchbay'), grants: Grants });

export const encodeGreeting = (grants: Grants): Uint8Array => {
  const greeting: z.input<typeof Greeting> = { greeting: 'patchbay', grants };
  return encodeFrame(CONTROL, new TextEncoder().encode(JSON.stringify(greeting)));
};

/** Null when the frame is no greeting. */
export const decodeGreeting = (bytes: Uint8Array): Grants | null => {
  const frame = decodeFrame(bytes);
  if (frame?.channel !== CONTROL) return null;
  try {
    return Greeting.parse(JSON.parse(new TextDecoder().decode(frame.payload))).grants;
  } catch {
    return null;
  }
};
