import type { ScriptResult } from '../agent/agent.ts';
import type { ExecOutput } from '../docker/model.ts';
import type { Packet } from '../environments/capture/packet.ts';
import type { EngineReader } from '../environments/docker/engineReader.ts';
import type { NodeHandle } from '../environments/environment.ts';
import type { FolderEntry, InsideProcess, NamedNetns } from '../environments/inside/inside.ts';
import type { KubeReader } from '../environments/kubeReader.ts';

type Answer = string | Partial<ScriptResult> | Error;

export interface NodeScript {
  readonly name?: string;
  /** What each command in the network or UTS namespace comes to, by its words; a bare string is what it prints with exit 0. */
  readonly tools?: Readonly<Record<string, Answer>> | ((command: string) => Answer | Promise<Answer>);
  readonly files?: Readonly<Record<string, string | Uint8Array | Error>>;
  readonly exec?: Partial<ExecOutput> | Error;
  readonly processes?: readonly InsideProcess[] | Error;
  /** What the tools in a pod's network come to, by the pod's uid. */
  readonly pods?: Readonly<Record<string, NodeScript['tools']>>;
  readonly packets?: readonly Packet[] | Error;
  /** What the tools in its named network namespaces come to, by name. */
  readonly netns?: Readonly<Record<string, NodeScript['tools']>> | Error;
  readonly kube?: KubeReader | null;
  readonly engine?: EngineReader | null;
  /** What the tools in the network of a process of the node come to, by its outer pid. */
  readonly beside?: Readonly<Record<number, NodeScript['tools']>>;
}

/** A node for tests: answers from a script and writes down what it was asked. */
export class NodeDouble implements NodeHandle {
  readonly name: string;
  readonly kube: KubeReader | null;
  readonly engine: EngineReader | null;
  /** Commands of our own tools, in order. */
  readonly asked: string[] = [];
  readonly deadlines: (number | undefined)[] = [];
  /** Commands that were run inside the node. */
  readonly executed: string[] = [];
  readonly #script: NodeScript;

  constructor(script: NodeScript) {
    this.name = script.name ?? 'a';
    this.kube = script.kube ?? null;
    this.engine = script.engine ?? null;
    this.#script = script;
  }

  async net(command: readonly string[], options?: { deadlineMs?: number }): Promise<ScriptResult> {
    this.deadlines.push(options?.deadlineMs);
    return this.#answer(command.join(' '));
  }

  uts(command: readonly string[]): Promise<ScriptResult> {
    return this.#answer(command.join(' '));
  }

  async file(path: string): Promise<Uint8Array | null> {
    const content = this.#script.files?.[path];
    if (content instanceof Error) throw content;
    if (content === undefined) return null;
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  }

  /** Folders follow from the paths of the files. */
  async folder(path: string): Promise<FolderEntry[] | null> {
    const prefix = `${path.replace(/\/$/, '')}/`;
    const inside = Object.entries(this.#script.files ?? {}).filter(([each]) => each.startsWith(prefix));
    for (const [, content] of inside) if (content instanceof Error) throw content;
    const names = new Map(
      inside.map(([each, content]) => [each.slice(prefix.length).split('/')[0] ?? '', { each, content }]),
    );
    if (names.size === 0) return null;
    return [...names].map(([name, { each, content }]) => ({
      name,
      kind: each === prefix + name ? 'file' : 'folder',
      size: content instanceof Error ? 0 : content.length,
    }));
  }

  async processes(): Promise<InsideProcess[]> {
    const { processes = [] } = this.#script;
    if (processes instanceof Error) throw processes;
    return [...processes];
  }

  async packets(): Promise<readonly Packet[]> {
    const { packets = [] } = this.#script;
    if (packets instanceof Error) throw packets;
    return packets;
  }

  async inPod(uid: string): Promise<NodeDouble | null> {
    const tools = this.#script.pods?.[uid];
    return tools === undefined ? null : new NodeDouble({ ...this.#script, tools });
  }

  beside({ outerPid }: Pick<InsideProcess, 'outerPid'>): NodeDouble {
    return new NodeDouble({ ...this.#script, tools: this.#script.beside?.[outerPid] ?? {} });
  }

  async namespaces(): Promise<NamedNetns[]> {
    const { netns = {} } = this.#script;
    if (netns instanceof Error) throw netns;
    return Object.keys(netns).map((name, index) => ({ name, inode: 4026531840 + index }));
  }

  async inNetns(name: string): Promise<NodeDouble | null> {
    const { netns = {} } = this.#script;
    if (netns instanceof Error) throw netns;
    return netns[name] === undefined ? null : new NodeDouble({ ...this.#script, tools: netns[name] });
  }

  async exec(command: readonly string[], options: { deadlineMs: number }): Promise<ExecOutput> {
    this.executed.push(command.join(' '));
    this.deadlines.push(options.deadlineMs);
    if (this.#script.exec instanceof Error) throw this.#script.exec;
    return { exit: 0, stdout: '', stderr: '', ...this.#script.exec };
  }

  async #answer(command: string): Promise<ScriptResult> {
    this.asked.push(command);
    const { tools = {} } = this.#script;
    const answer = typeof tools === 'function' ? await tools(command) : tools[command];
    if (answer === undefined) throw new Error(`The double of ${this.name} does not know "${command}".`);
    if (answer instanceof Error) throw answer;
    return { exit: 0, stdout: '', stderr: '', ...(typeof answer === 'string' ? { stdout: answer } : answer) };
  }
}
