import type { Availability } from '../../electron/contract/models/lab.ts';
import type { RunSummary } from '../../electron/contract/models/run.ts';
import type { LampState } from '../components/Lamp.svelte';
import { m } from '../messages/messages.ts';
import { placeIn } from './shelf.ts';

export interface Said {
  readonly lamp: LampState;
  readonly text: string;
  /** Why, or for how long; never left out where something is not possible. */
  readonly more: string | null;
}

export function sayAvailability(it: Availability, open: RunSummary | undefined): Said {
  if (open && open.environment === 'running')
    return {
      lamp: 'busy',
      text: m.availability.running,
      more: m.availability.runningAt(placeIn(open), open.questions.length),
    };
  switch (it.state) {
    case 'ready':
      return { lamp: 'on', text: m.availability.ready, more: null };
    case 'startable':
      return { lamp: 'on', text: m.availability.startable(it.usualSeconds), more: null };
    case 'preparing':
      return {
        lamp: 'busy',
        text: it.reason,
        more: it.secondsLeft === null ? null : m.availability.left(it.secondsLeft),
      };
    case 'short':
      return { lamp: 'slow', text: m.availability.short, more: it.reason };
    case 'unavailable':
      return { lamp: 'off', text: m.availability.unavailable, more: it.reason };
  }
}
