import type { Agent } from '../../agent/agent.ts';
import { type NodeProcess, nodeStopped } from '../nodeProcess.ts';
import { Capture } from './capture.ts';
import type { Packet } from './packet.ts';

/** The captures of one environment: one for each node that was ever asked for its packets. */
export class Captures {
  readonly #agent: Agent;
  readonly #tell: (node: string) => void;
  readonly #byNode = new Map<string, Capture>();
  #closed = false;

  /** `tell` is called with the name of a node in which packets of a new kind were seen. */
  constructor(agent: Agent, tell: (node: string) => void) {
    this.#agent = agent;
    this.#tell = tell;
  }

  /** What was seen since the first question for it. A node that was started again has seen nothing yet. Rejects as `Capture` does. */
  async packets(node: NodeProcess): Promise<Packet[]> {
    if (node.pid === 0 || this.#closed) throw nodeStopped(node.name);
    const standing = this.#byNode.get(node.name);
    if (standing?.pid === node.pid) return standing.packets();
    standing?.close();
    const capture = new Capture(this.#agent, node, () => this.#tell(node.name));
    this.#byNode.set(node.name, capture);
    return capture.packets();
  }

  close(): void {
    this.#closed = true;
    for (const capture of this.#byNode.values()) capture.close();
  }
}
