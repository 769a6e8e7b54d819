import { LabError } from '../../contract/error.ts';
import type { EnvironmentChange, EnvironmentReader, NodeHandle } from '../environments/environment.ts';
import { NodeDouble, type NodeScript } from '../probes/nodeDouble.ts';

/** An environment for tests, made of node doubles. Nodes may be stopped and changes told. */
export class EnvironmentDouble implements EnvironmentReader {
  readonly nodeNames: readonly string[];
  readonly kube = null;
  readonly stopped = new Set<string>();
  readonly nodes: ReadonlyMap<string, NodeDouble>;
  readonly #listeners = new Set<(change: EnvironmentChange) => void>();

  constructor(nodes: Readonly<Record<string, NodeScript>>) {
    this.nodeNames = Object.keys(nodes);
    this.nodes = new Map(Object.entries(nodes).map(([name, script]) => [name, new NodeDouble({ name, ...script })]));
  }

  node(name: string): NodeHandle {
    const node = this.nodes.get(name);
    if (!node || this.stopped.has(name))
      throw new LabError('node-stopped', `The node ${name} is not running.`, { hint: 'Start it again.' });
    return node;
  }

  onChange(listener: (change: EnvironmentChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells everybody who listens that something of this node changed. */
  change(node = this.nodeNames[0] ?? '', source: EnvironmentChange['source'] = 'network'): void {
    for (const listener of this.#listeners) listener({ node, source });
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
