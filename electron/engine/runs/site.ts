import type { Agent } from '../agent/agent.ts';
import type { Docker } from '../docker/docker.ts';
import type { Pool } from '../environments/hosts/pool.ts';
import type { Providers } from '../environments/providers.ts';
import type { WaitingShells } from '../terminals/waitingShells.ts';

/** A Docker Engine made ready to carry runs: image there, helper there, nodes standing by. */
export interface Site {
  readonly docker: Docker;
  readonly agent: Agent;
  readonly pool: Pool;
  readonly providers: Providers;
  readonly image: string;
  readonly waiting: WaitingShells;
}
