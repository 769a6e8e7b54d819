import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import type { Docker } from '../../docker/docker.ts';
import { insideNode } from '../inside/insideNode.ts';
import type { Containers, Pausing } from '../provider.ts';
import type { ClusterEnvironment } from './clusterEnvironment.ts';
import { leasesRenewed } from './start/leases.ts';
import { clockOfNodes } from './start/milestones.ts';

/** As the kernel cuts it, to 15 characters. */
const CONTROLLER_MANAGER = 'kube-controller';
const ATTEMPTS = 6;
/** Milliseconds that nodes get to renew their leases after a pause. */
const PATIENCE = 30_000;

/**
 * A cluster that stands still. After a pause of more than 50 s the controller manager would find every lease old and call the nodes NotReady; so it
 * is stopped before the others, and goes on only when every node has renewed its lease.
 */
export class ClusterPausing implements Pausing {
  readonly #docker: Docker;
  readonly #agent: Agent;

  constructor(docker: Docker, agent: Agent) {
    this.#docker = docker;
    this.#agent = agent;
  }

  async pause(environment: ClusterEnvironment): Promise<void> {
    await this.#signal(environment, 'STOP');
    const running = environment.processes.filter(({ pid }) => pid !== 0);
    const paused = await Promise.allSettled(running.map(({ container }) => this.#pauseOne(container)));
    const failed = paused.find((each) => each.status === 'rejected');
    if (!failed) return;
    // Half a cluster that stands still is worse than one that runs.
    await this.unpause(environment);
    throw failed.reason;
  }

  /** A control group of v1 cannot be frozen while processes in it are just being made; a moment later it can. */
  async #pauseOne(container: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#docker.pause(container);
      } catch (error) {
        if (attempt >= ATTEMPTS) throw error;
        await delay(300 * attempt);
      }
    }
  }

  /** Resolves when the API answers; the controller manager goes on in the background. */
  async unpause(environment: ClusterEnvironment): Promise<void> {
    const since = await clockOfNodes(this.#agent);
    await Promise.all(
      environment.processes.map(async ({ container }) => {
        const state = await this.#docker.inspect(container);
        if (state?.state === 'paused') await this.#docker.unpause(container);
      }),
    );
    void this.#letGoOn(environment, since);
  }

  async isPaused(containers: Containers): Promise<boolean> {
    const states = await Promise.all(Object.values(containers).map((id) => this.#docker.inspect(id)));
    const is = (wanted: string) => states.some((each) => each?.state === wanted);
    return is('paused') && !is('running');
  }

  /** An engine that ended in the middle of a pause may have left the controller manager stopped. */
  async unstick(environment: ClusterEnvironment): Promise<void> {
    if (environment.controlPlane.pid === 0) return;
    void this.#letGoOn(environment, await clockOfNodes(this.#agent));
  }

  async #letGoOn(environment: ClusterEnvironment, since: number): Promise<void> {
    try {
      const [pid] = await this.#controllerManager(environment);
      if (pid === undefined || !(await this.#isStopped(pid))) return;
      await leasesRenewed(environment.kube, environment.topology, since, PATIENCE).catch(() => undefined);
      await this.#signal(environment, 'CONT');
    } catch {
      // The node is gone, and with it what was to go on.
    }
  }

  async #signal(environment: ClusterEnvironment, signal: 'STOP' | 'CONT'): Promise<void> {
    const pids = await this.#controllerManager(environment);
    if (pids.length > 0) await this.#agent.run(`kill -${signal} ${pids.join(' ')}`);
  }

  async #controllerManager(environment: ClusterEnvironment): Promise<number[]> {
    const { controlPlane } = environment;
    if (controlPlane.pid === 0) return [];
    try {
      const processes = await insideNode(this.#agent, controlPlane).processes();
      return processes.filter(({ comm }) => comm === CONTROLLER_MANAGER).map(({ outerPid }) => outerPid);
    } catch (error) {
      if (error instanceof LabError && error.code === 'node-stopped') return [];
      throw error;
    }
  }

  /** Source: proc(5), the third field of /proc/PID/stat. */
  async #isStopped(pid: number): Promise<boolean> {
    const { stdout } = await this.#agent.run(`sed 's/.*) //' /proc/${pid}/stat`);
    return stdout.startsWith('T');
  }
}
