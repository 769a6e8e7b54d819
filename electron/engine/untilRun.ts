import { runs } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import type { RunView } from '../contract/models/run.ts';
import { runChanged } from '../contract/pushes.ts';

/** Milliseconds. */
const PATIENCE = 30_000;

/** For tests: the run as soon as this holds of it, asked now and with every change. Rejects after 30 s with what it is like then. */
export const untilRun = (client: Client, run: string, holds: (view: RunView) => boolean): Promise<RunView> =>
  new Promise((resolve, reject) => {
    let last: RunView | null = null;
    const settle = (how: () => void) => {
      clearTimeout(timer);
      leave();
      how();
    };
    const look = (view: RunView) => {
      if (view.id !== run) return;
      last = view;
      if (holds(view)) settle(() => resolve(view));
    };
    const timer = setTimeout(
      () => settle(() => reject(new Error(`${run} did not become what was waited for: ${JSON.stringify(last)}`))),
      PATIENCE,
    );
    const leave = client.on(runChanged, look);
    client.call(runs.get, { run }).then(look, (error: unknown) => settle(() => reject(error)));
  });

export const isRunning = ({ environment }: RunView): boolean => environment.state === 'running';
