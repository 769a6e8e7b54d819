import type { LabError } from '../../contract/error.ts';
import type { ExpandedEnvironment } from '../catalog/expanded.ts';
import type { ContainerEvent } from '../docker/model.ts';
import type { RunningStep } from '../progress/stepList.ts';
import type { EnvironmentReader } from './environment.ts';
import type { NodeProcess } from './nodeProcess.ts';

/** Node name to container id. A cluster's gateway is in it too, under a name that no node has. */
export type Containers = Readonly<Record<string, string>>;

export interface StartRequest<Topology extends ExpandedEnvironment = ExpandedEnvironment> {
  /** The run's id: containers are named after it. */
  readonly run: string;
  readonly topology: Topology;
  /** Aborted when nobody wants the environment any more; `start` then rejects as soon as it can, with nothing left behind. */
  readonly signal: AbortSignal;
  /** Shows one of the steps of `plans.ts` while its work goes on. */
  step<Result>(id: string, work: (step: RunningStep) => Promise<Result>): Promise<Result>;
  /**
   * Told which containers are the run's before anything of them is named after it, or as soon as they are made; the caller writes it down and
   * syncs it to the disk. Names of an earlier environment of the run are free when it resolves.
   */
  adopt(containers: Containers): Promise<void>;
}

/** The live containers of one run. It does not own them: closing it leaves everything as it is. */
export interface LiveEnvironment extends EnvironmentReader {
  readonly topology: ExpandedEnvironment;
  /** Nodes that do not run. */
  readonly stopped: readonly string[];
  /** Its nodes run, and yet it is of no use any more: only a reset helps. A change wakes as all others do. */
  readonly trouble: LabError | null;
  /** Throws `node-stopped` for a name that the environment does not have, too. */
  process(name: string): NodeProcess;
  /** Resolves when programs can run in the node. Rejects as Docker does. */
  awake(name: string): Promise<void>;
  /** Resolves when every node is as a learner may find it. Rejects as Docker does. */
  allAwake(): Promise<void>;
  /** Called with every container event of ours; those of other runs are passed over. */
  onContainer(event: ContainerEvent): Promise<void>;
  /** For the learner's own kubectl, with an address on loopback that the engine serves; null where there is no cluster. */
  kubeconfig(): Promise<string | null>;
  /** Lines for bash, in order, where the learner does not see them. Rejects with `environment-failed`, or `node-stopped`. */
  runUnseen(node: string, lines: readonly string[]): Promise<void>;
  close(): void;
}

/** For kinds that can stand still as a whole, for any length of time, and go on as if nothing had been. */
export interface Pausing {
  pause(environment: LiveEnvironment): Promise<void>;
  unpause(environment: LiveEnvironment): Promise<void>;
  /** Whether an earlier engine left them standing still. Half of them does not count: a pause that was interrupted is taken back. */
  isPaused(containers: Containers): Promise<boolean>;
}

/**
 * Makes and keeps environments of one kind. A method's topology is always of that kind: `providers.ts` sees to it.
 * Every method rejects with a LabError and waits for nothing without a limit.
 */
export interface Provider<Topology extends ExpandedEnvironment = ExpandedEnvironment> {
  /** From nothing to an environment that can be shown. What was made and could not be finished is removed again. */
  start(request: StartRequest<Topology>): Promise<LiveEnvironment>;
  /** What an earlier engine left, or what was lost with Docker. Nodes that stopped meanwhile stay stopped: `mend` starts them. */
  resume(run: string, topology: Topology, containers: Containers): Promise<LiveEnvironment>;
  /** Starts what stopped. A node whose container is gone is a `conflict`: only a reset makes it anew. */
  mend(environment: LiveEnvironment): Promise<void>;
  /** Null where this kind cannot. */
  readonly pausing: Pausing | null;
  /** Resolves when none of them is there any more, and nothing that belonged to them. */
  destroy(containers: readonly string[]): Promise<void>;
}
