import { catalog, docker, runs } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import type { EngineStatus } from '../../contract/models/status.ts';
import type { TerminalView } from '../../contract/models/terminal.ts';
import { type Engine, handle, type PushMessage } from './hosted.ts';
import type { TerminalSink, TerminalSize, TerminalViewer } from './terminalGateway.ts';

export const statusDouble: EngineStatus = {
  version: '0',
  docker: { state: 'connecting' },
  images: { state: 'unknown' },
  cluster: { state: 'unknown' },
  dockerNode: { state: 'unknown' },
  nodes: { running: 0, standby: 0 },
  memory: null,
  hostTerminal: true,
};

/** An engine without Docker, for tests of what stands in front of it. Its terminals answer each byte with the same byte. */
export class EngineDouble implements Engine {
  readonly #listeners = new Set<(push: PushMessage) => void>();
  readonly opened = new Map<string, TerminalView>();
  readonly viewers: (TerminalViewer & { sink: TerminalSink; acked: number; size: TerminalSize; detached: boolean })[] =
    [];
  working = false;
  closed = 0;

  readonly handlers = {
    ...handle(catalog.labs, async () => ({ labs: [] })),
    ...handle(docker.status, async () => statusDouble),
    ...handle(runs.destroy, async ({ run }) => {
      throw new LabError('not-found', `There is no run ${run}.`, { hint: 'patchbay runs' });
    }),
    ...handle(runs.list, async () => {
      throw new TypeError('a bug');
    }),
  };

  readonly pushes = {
    subscribe: (listener: (push: PushMessage) => void) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  readonly terminals = {
    list: async (run: string) => [...this.opened.values()].filter((it) => it.run === run),
    open: async (place: { run: string | null; node: string | null }, size: TerminalSize) => {
      const id = `t${this.opened.size + 1}`;
      const view: TerminalView = { id, ...place, title: place.node ?? 'host', ...size, state: 'live' };
      this.opened.set(id, view);
      return view;
    },
    attach: async (id: string, size: TerminalSize, sink: TerminalSink) => {
      const terminal = this.opened.get(id);
      if (!terminal) throw new LabError('not-found', `There is no terminal ${id}.`);
      sink.write(new TextEncoder().encode('kept '));
      const viewer = {
        sink,
        size,
        acked: 0,
        detached: false,
        input: (bytes: Uint8Array) => sink.write(bytes),
        ack(bytes: number) {
          this.acked += bytes;
        },
        resize(to: TerminalSize) {
          this.size = to;
        },
        detach() {
          this.detached = true;
        },
      };
      this.viewers.push(viewer);
      return { terminal, viewer };
    },
    rename: async (id: string, title: string) => {
      const terminal = this.opened.get(id);
      if (!terminal) throw new LabError('not-found', `There is no terminal ${id}.`);
      return { ...terminal, title };
    },
    close: async (id: string) => {
      this.opened.delete(id);
    },
  };

  tell(push: PushMessage): void {
    for (const listener of this.#listeners) listener(push);
  }

  idle(): boolean {
    return !this.working;
  }

  async close(): Promise<void> {
    this.closed++;
  }
}
