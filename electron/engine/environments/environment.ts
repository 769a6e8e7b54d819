import type { ScriptResult } from '../agent/agent.ts';
import type { ExecOutput } from '../docker/model.ts';
import type { Packet } from './capture/packet.ts';
import type { EngineReader } from './docker/engineReader.ts';
import type { InsideProcess, NodeInside } from './inside/inside.ts';
import type { KubeReader } from './kubeReader.ts';

/**
 * One node as probes see it. Every method rejects with a LabError (`node-stopped`, `agent-failed`, `probe-timeout`, `probe-failed`) when the
 * fault is ours or the node is not there; a learner's mistake is never a rejection.
 */
export interface NodeHandle extends NodeInside {
  readonly name: string;
  /** Our own tool in the node's network namespace: `net(['ip', '-j', 'addr'])`. The node's own files are never run. */
  net(command: readonly string[], options?: { deadlineMs?: number }): Promise<ScriptResult>;
  /** Our own tool in the node's UTS namespace. */
  uts(command: readonly string[]): Promise<ScriptResult>;
  /**
   * What was seen of packets on all its interfaces since somebody asked for the first time; those of our own probes are left out. A kind of packet that
   * is new is told as a change.
   */
  packets(): Promise<readonly Packet[]>;
  /** The one exception that runs inside the node. */
  exec(command: readonly string[], options: { deadlineMs: number }): Promise<ExecOutput>;
  /**
   * The same node with `net` in the network namespace of a pod of its own; null when no process of that pod runs here. The uid is the one that the
   * pod's cgroup has: of a static pod that is the hash of its manifest.
   */
  inPod(uid: string): Promise<NodeHandle | null>;
  /** The same node with `net` in the network namespace of one of its processes. */
  beside(process: Pick<InsideProcess, 'outerPid'>): NodeHandle;
  /** The same node with `net` in one of its named network namespaces (`ip netns`); null when there is none of that name. */
  inNetns(name: string): Promise<NodeHandle | null>;
  /** The API of the cluster that the node belongs to; null where there is none. */
  readonly kube: KubeReader | null;
  /** The Docker Engine that runs on the node; null where the lab gives it none. */
  readonly engine: EngineReader | null;
}

/** Why somebody is woken: the state is read anew, the event itself is not trusted. */
export interface EnvironmentChange {
  readonly node: string;
  readonly source: 'network' | 'container' | 'cluster' | 'packets';
}

export interface EnvironmentReader {
  readonly nodeNames: readonly string[];
  /** Rejects with `node-stopped` when it does not run. */
  node(name: string): NodeHandle;
  /** Null where there is no cluster. */
  readonly kube: KubeReader | null;
  onChange(listener: (change: EnvironmentChange) => void): () => void;
}
