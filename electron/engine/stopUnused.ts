import { label } from './docker/labels.ts';
import { stopOwnDaemonIfUnused } from './docker/ownDaemon.ts';
import { allNodes } from './environments/nodeRoles.ts';
import type { SiteKeeper } from './runs/siteKeeper.ts';

/** The engine ends: helper and pool go, runs stay, and a Docker Engine of our own ends when no run of anybody's is on it. */
export const stopUnused = async (keeper: SiteKeeper, owner: string, adopted: ReadonlySet<string>): Promise<void> => {
  const { connection } = keeper;
  if (!connection) return;
  try {
    const ours = await connection.list({ [label.owner]: owner });
    // One that Docker does not let go keeps none of the others.
    await Promise.allSettled(
      ours.filter((container) => !adopted.has(container.id)).map((container) => connection.remove(container.id)),
    );
    const left = await allNodes(connection);
    if (connection.endpoint.source === 'own') await stopOwnDaemonIfUnused(left.length);
  } catch {
    // Docker is gone: there is nothing left to put away, and what comes next start is inherited.
  } finally {
    connection.close();
  }
};
