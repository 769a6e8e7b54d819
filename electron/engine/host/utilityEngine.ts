import type { Transport } from '../../contract/wire.ts';
import { type EngineHost, hostEngine } from './engineHost.ts';
import type { Grants } from './grants.ts';
import type { Engine } from './hosted.ts';
import { connectToEngine } from './join.ts';
import { pipeTransports } from './pipeTransports.ts';
import { type Port, portTransport } from './portTransport.ts';

/** Electron's `process.parentPort`, as far as it is needed here. */
export interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): unknown;
}

export interface UtilityOptions {
  readonly stateDir: string;
  readonly createEngine: () => Promise<Engine>;
  readonly grants: Grants;
  /** Called when the parent said `stop` and the engine is down. */
  readonly onStopped: () => void;
}

/**
 * The engine in Electron's utility process: serves each port that the main process sends. Where another process is the engine
 * already, this one only carries frames between its ports and that engine's socket; when that one ends, the ports close, the
 * pages ask for new ones, and with the next port this process tries again to be the engine.
 */
export function runUtilityEngine(
  parent: ParentPort,
  { stateDir, createEngine, grants, onStopped }: UtilityOptions,
): void {
  let hosting: Promise<EngineHost | null> | null = null;

  async function becomeHost(): Promise<EngineHost | null> {
    const tried = await hostEngine(stateDir, createEngine);
    if (tried.state === 'taken') return null;
    // Stopped by a client's `engine.stop`: the next port starts it anew.
    void tried.host.closed.then(() => (hosting = null));
    return tried.host;
  }

  async function serve(page: Transport): Promise<void> {
    hosting ??= becomeHost();
    const host = await hosting;
    if (host) return host.server.connect(page, grants);
    hosting = null;
    const engine = await connectToEngine(stateDir, grants);
    // It holds the lock and does not listen (yet, or any more): the page asks again.
    if (!engine) return page.close();
    pipeTransports(page, engine);
  }

  async function stop(): Promise<void> {
    await (await hosting)?.close();
    onStopped();
  }

  parent.on('message', ({ data, ports }) => {
    if (data === 'stop') return void stop();
    for (const port of ports) {
      const page = portTransport(port);
      serve(page).catch((error: unknown) => {
        hosting = null;
        console.error(error);
        page.close();
      });
    }
  });
  // At once, so that the engine comes up beside the window and not after it.
  hosting = becomeHost().catch((error: unknown) => {
    console.error(error);
    return null;
  });
}
