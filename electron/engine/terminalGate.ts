import type { TerminalGateway } from './host/terminalGateway.ts';
import type { Terminals } from './terminals/terminals.ts';

/** Terminals live in containers: whoever asks for one while Docker is not there yet waits for it, or learns why it is not. */
export const terminalGate = (terminals: () => Promise<Terminals>): TerminalGateway => ({
  list: async (run) => (await terminals()).list(run),
  open: async (place, size, attempt) => (await terminals()).open(place, size, attempt),
  attach: async (terminal, size, sink) => (await terminals()).attach(terminal, size, sink),
  rename: async (terminal, title) => (await terminals()).rename(terminal, title),
  close: async (terminal) => (await terminals()).close(terminal),
});
