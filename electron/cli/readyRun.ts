import { runs } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import { LabError } from '../contract/error.ts';
import type { RunView } from '../contract/models/run.ts';

/** The run once its environment stands. Throws what the environment failed of, with the run's id in its data. */
export async function readyRun(client: Client, run: string): Promise<RunView> {
  const view = await client.call(runs.ready, { run });
  const { environment } = view;
  if (environment.state !== 'failed' && environment.state !== 'degraded') return view;
  throw LabError.fromView({ ...environment.error, data: { ...environment.error.data, run } });
}
