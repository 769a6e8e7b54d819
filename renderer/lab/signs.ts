import type { QuestionView } from '../../electron/contract/models/run.ts';
import type { SocketState } from '../components/Socket.svelte';
import { m } from '../messages/messages.ts';

/** The shape that stands for a question on the rail and in the palette. A verdict goes before a flag, except while it is open. */
export function signOf(question: QuestionView, isCurrent = false): SocketState {
  if (question.state === 'pass') return 'pass';
  if (isCurrent) return 'now';
  if (question.state !== 'open') return question.state;
  if (question.flagged) return 'flagged';
  return question.kind === 'info' ? 'info' : 'open';
}

/** The same in a word. */
export const stateWord = (question: QuestionView): string =>
  question.kind === 'info' && question.state === 'open' ? m.lab.toRead : m.states[question.state];
