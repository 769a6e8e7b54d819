import { freemem, totalmem } from 'node:os';
import type { EngineStatus } from '../contract/models/status.ts';
import type { SiteKeeper } from './runs/siteKeeper.ts';

/** The line at the foot of the window. Memory is this machine's, so it is told only where Docker runs on it. */
export const statusOf = (version: string, keeper: SiteKeeper, running: number): EngineStatus => {
  const { docker, images, cluster, dockerNode } = keeper.status;
  const local = docker.state === 'ready' && docker.endpoint.startsWith('unix://');
  return {
    version,
    docker,
    images,
    cluster,
    dockerNode,
    nodes: { running, standby: keeper.site?.pool.standing ?? 0 },
    memory: local ? { used: totalmem() - freemem(), total: totalmem() } : null,
    // Each connection's own: the front door puts in what its shell was given.
    hostTerminal: false,
  };
};
