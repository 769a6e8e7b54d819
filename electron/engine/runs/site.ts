import type { Agent } from '../agent/agent.ts';
import type { Docker } from '../docker/docker.ts';
import type { Pool } from '../environments/hosts/pool.ts';
import type { ClusterProvider } from '../environments/kubernetes/provider.ts';
import type { Providers } from '../environments/providers.ts';
import type { WaitingShells } from '../terminals/waitingShells.ts';

/** A Docker Engine made ready to carry runs: image there, helper there, nodes standing by. */
export interface Site {
  readonly docker: Docker;
  readonly agent: Agent;
  readonly pool: Pool;
  readonly providers: Providers;
  /** What can be made of clusters before anybody asks for one. */
  readonly clusters: Pick<
    ClusterProvider,
    'whyNotHere' | 'standingBy' | 'standBy' | 'standDown' | 'isFrozen' | 'freezeAhead'
  >;
  readonly image: string;
  readonly waiting: WaitingShells;
}
