import { LabError } from '../../contract/error.ts';
import { connectDocker, type DockerConnection } from './connect.ts';
import { findEndpoint } from './findEndpoint.ts';
import type { Endpoint } from './model.ts';
import { startOwnDaemon, whyNoOwnDaemon } from './ownDaemon.ts';

/** A Docker Engine: one that answers, else our own, started now. What is installed is not our matter but the set-up's. */
export async function reachDocker(): Promise<DockerConnection> {
  return connectDocker(await findOrStart());
}

async function findOrStart(): Promise<Endpoint> {
  try {
    return await findEndpoint();
  } catch (error) {
    const failure = LabError.from(error);
    // What was asked for by name is not replaced by something else.
    if (failure.code !== 'docker-missing' || failure.data.asked === true) throw failure;
    const why = whyNoOwnDaemon();
    if (why === null) return startOwnDaemon();
    throw new LabError(failure.code, `${failure.message} Patchbay starts none of its own: ${why}.`, {
      hint: failure.hint ?? undefined,
      data: { ...failure.data, own: why },
      cause: failure,
    });
  }
}
