import type { EngineHost } from './engineHost.ts';
import { hostEngine } from './engineHost.ts';
import type { Engine } from './hosted.ts';

export interface StandaloneOptions {
  readonly stateDir: string;
  readonly createEngine: () => Promise<Engine>;
  /** It ends so many seconds after its last client left, when no run is in work. */
  readonly idleSeconds: number;
}

/** The engine as a process of its own, started by the CLI or the browser shell. Answers when it is down; at once when another one runs. */
export async function runStandaloneEngine({ stateDir, createEngine, idleSeconds }: StandaloneOptions): Promise<void> {
  const hosting = await hostEngine(stateDir, createEngine);
  if (hosting.state === 'taken') return console.log(`Process ${hosting.holder.pid} is the engine already.`);
  const { host } = hosting;
  console.log(`${new Date().toISOString()} engine up, process ${process.pid}`);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void host.close());
  endWhenIdle(host, idleSeconds);
  await host.closed;
  console.log(`${new Date().toISOString()} engine down`);
}

function endWhenIdle(host: EngineHost, idleSeconds: number): void {
  let leftAt = performance.now();
  host.server.onClients((count) => {
    if (count === 0) leftAt = performance.now();
  });
  const timer = setInterval(
    () => {
      const alone = host.server.clients === 0 && performance.now() - leftAt >= idleSeconds * 1000;
      if (alone && host.server.engine.idle()) void host.close();
    },
    Math.min(1000, idleSeconds * 250),
  );
  void host.closed.then(() => clearInterval(timer));
}
