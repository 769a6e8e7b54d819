import { terminals } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import type { Channels } from './channels.ts';
import type { Grants } from './grants.ts';
import { type Handlers, handle } from './hosted.ts';
import type { TerminalGateway, TerminalSize } from './terminalGateway.ts';

/** More terminals than this on one connection are refused. */
const CHANNEL_LIMIT = 64;

/** The `terminals.*` calls of one connection: the gateway's terminals, under this connection's channels and grants. */
export function terminalHandlers(
  gateway: TerminalGateway,
  channels: Channels,
  grants: Grants,
  hostTerminals: Set<string>,
): Handlers {
  const guard = (allowed: boolean) => {
    if (!allowed && !grants.hostTerminal) throw forbidden();
  };

  async function attach(id: string, size: TerminalSize) {
    if (channels.size >= CHANNEL_LIMIT) throw tooMany();
    const channel = channels.allot();
    const { terminal, viewer } = await gateway.attach(id, size, { write: (bytes) => channels.send(channel, bytes) });
    channels.attach(channel, terminal, viewer);
    return { terminal, channel };
  }

  return {
    // Those of the learner's own machine stand beside every run's.
    ...handle(terminals.list, async ({ run }) => {
      const ofMachine = grants.hostTerminal ? await gateway.list(null) : [];
      return { terminals: [...(await gateway.list(run)), ...ofMachine] };
    }),
    ...handle(terminals.open, async ({ run, node, attempt, cols, rows }) => {
      if ((run === null) !== (node === null)) throw halfPlace();
      guard(run !== null);
      if (channels.size >= CHANNEL_LIMIT) throw tooMany();
      const opened = await gateway.open({ run, node }, { cols, rows }, attempt);
      if (opened.run === null) hostTerminals.add(opened.id);
      return attach(opened.id, { cols, rows });
    }),
    ...handle(terminals.attach, async ({ terminal, cols, rows }) => {
      guard(!hostTerminals.has(terminal));
      return attach(terminal, { cols, rows });
    }),
    ...handle(terminals.resize, async ({ terminal, cols, rows }) => {
      channels.resize(terminal, { cols, rows });
      return {};
    }),
    ...handle(terminals.detach, async ({ channel }) => {
      channels.detach(channel);
      return {};
    }),
    ...handle(terminals.rename, async ({ terminal, title }) => {
      guard(!hostTerminals.has(terminal));
      return gateway.rename(terminal, title);
    }),
    ...handle(terminals.close, async ({ terminal }) => {
      guard(!hostTerminals.has(terminal));
      await gateway.close(terminal);
      channels.leave({ terminal });
      return {};
    }),
  };
}

const forbidden = () =>
  new LabError('forbidden', 'Terminals on your own machine are switched off.', {
    hint: 'Start Patchbay with `--host-terminal` to allow them.',
  });

const halfPlace = () =>
  new LabError('bad-input', 'A terminal needs a run and a node, or neither for one on your own machine.');

const tooMany = () =>
  new LabError('limit', `One window shows at most ${CHANNEL_LIMIT} terminals.`, {
    hint: 'Close a terminal that you no longer need.',
    data: { limit: CHANNEL_LIMIT },
  });
