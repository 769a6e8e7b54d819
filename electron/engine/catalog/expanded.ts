import type { ClusterPlan } from './cluster/plan.ts';
import type { AnswerType, NodeProfile, Params, Step, Value } from './schema.ts';

/** A lab with one seed's values in place: no template is left in it. Runs and grading work with this. */
export interface ExpandedLab {
  readonly id: string;
  readonly hash: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly kernel: readonly string[];
  /**
   * What was drawn, for the journal: variable -> value, `node:interface` -> MAC for interfaces without one in the file, `cluster:variant`.
   * Fed back to `expandLab` it makes the same lab again, also after the lab's variables were edited.
   */
  readonly actual: Readonly<Record<string, string>>;
  readonly environment: ExpandedEnvironment;
  readonly questions: readonly ExpandedQuestion[];
}

/** What a provider makes; each kind has a provider of its own. */
export type ExpandedEnvironment = LinkedTopology | ClusterTopology;

/** Nodes whose network is the lab's: every cable stands in its file. */
export type LinkedTopology = HostsTopology | DockerTopology;

interface Linked {
  readonly nodes: readonly ExpandedNode[];
  readonly links: readonly { readonly a: Endpoint; readonly b: Endpoint }[];
}

export interface HostsTopology extends Linked {
  readonly kind: 'hosts';
}

/** Some of its nodes run a Docker Engine of their own. */
export interface DockerTopology extends Linked {
  readonly kind: 'docker';
}

/** A cluster that kubeadm makes; everything in it that differs between runs is in its plan. */
export interface ClusterTopology extends ClusterPlan {
  readonly kind: 'kubernetes';
  readonly cni: 'flannel';
}

export interface Endpoint {
  readonly node: string;
  readonly interface: string;
  /** Its name holds a value of the seed, which a question may ask for. */
  readonly seeded?: true;
}

export interface ExpandedNode {
  readonly name: string;
  readonly kind: 'host' | 'router' | 'switch';
  /** It runs a Docker Engine of its own. */
  readonly engine?: boolean;
  /** IPv4 forwarding at the start. */
  readonly forwarding: boolean;
  /** In the file's order; of a switch its ports, in the links' order. */
  readonly interfaces: readonly ExpandedInterface[];
  readonly routes: readonly StartRoute[];
  /** Lines of /etc/hosts. */
  readonly hosts: readonly { readonly address: string; readonly name: string }[];
  readonly profile: NodeProfile;
  readonly files: readonly StartFile[];
  /** Lines that are run in it, in order, once its links stand. */
  readonly start: readonly string[];
}

export interface StartFile {
  readonly path: string;
  readonly content: string;
  /** Octal digits. */
  readonly mode: string;
}

/** `metric` null: the kernel's own, 0. */
export interface StartRoute {
  readonly to: string;
  readonly via: string | null;
  readonly dev: string | null;
  readonly metric: number | null;
}

export interface ExpandedInterface {
  readonly name: string;
  /** Always given; drawn from the seed where the file gives none. */
  readonly mac: string;
  /** With prefix length. */
  readonly addresses: readonly string[];
  readonly mtu: number | null;
  readonly state: 'up' | 'down';
}

/** A read of live state. `field` null: the probe's main field. `node` is `*` only in a choice's `from`. */
export interface ExpandedLook {
  readonly probe: string;
  readonly with: Params;
  readonly node: string;
  readonly field: string | null;
}

interface Every {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly after: readonly string[];
  /** What makes the fault that the question is about. Never told to the learner. */
  readonly break: readonly Step[];
  /** 0 for info. */
  readonly weight: number;
  readonly hints: readonly string[];
  readonly solution: string | null;
  /** Nodes that the question names, for the page's highlights. */
  readonly nodes: readonly string[];
}

/** Where an answer's truth comes from. */
export type Source =
  | { readonly from: 'look'; readonly look: ExpandedLook }
  | { readonly from: 'value'; readonly value: string };

export interface ExpandedAnswer extends Every {
  readonly kind: 'answer';
  readonly type: AnswerType;
  readonly truth: Source;
  readonly nearMisses: readonly (Source & { readonly because: string })[];
  /** What it prints is the answer. */
  readonly solve: Step;
}

export interface ExpandedChoice extends Every {
  readonly kind: 'choice';
  readonly many: boolean;
  readonly options:
    | {
        readonly from: 'live';
        readonly truth: ExpandedLook;
        readonly others: readonly ExpandedLook[];
        /** How many options are shown, the right ones included. */
        readonly count: number;
      }
    | { readonly from: 'prose'; readonly list: readonly { readonly text: string; readonly right: boolean }[] };
}

export interface ExpandedTask extends Every {
  readonly kind: 'task';
  readonly checks: readonly ExpandedCheck[];
  readonly solve: readonly Step[];
  readonly alsoSolvedBy: readonly (readonly Step[])[];
  readonly nearMisses: readonly NearMiss[];
  /** Takes back what any of these does; empty where only a fresh environment does. */
  readonly undo: readonly Step[];
}

export interface ExpandedInfo extends Every {
  readonly kind: 'info';
}

export type ExpandedQuestion = ExpandedAnswer | ExpandedChoice | ExpandedTask | ExpandedInfo;

/** The solution with step `insteadOf` replaced by `step`; exactly the checks in `fails` must then not hold. */
export interface NearMiss {
  readonly insteadOf: number;
  readonly step: Step;
  readonly fails: readonly string[];
  readonly because: string;
}

export interface ExpandedCheck {
  readonly id: string;
  readonly text: string;
  readonly weight: number;
  readonly needs: readonly string[];
  readonly look: ExpandedLook;
  readonly expect: Expectation;
  /** Seconds; null: the probe's own. */
  readonly deadline: number | null;
  /** What the learner reads when it does not hold. */
  readonly otherwise: string;
}

/** How a check judges the values that its look sees. `exists` asks whether there is a row at all. */
export type Expectation =
  | { readonly is: 'equals' | 'not' | 'contains'; readonly value: Value }
  | { readonly is: 'at-least' | 'at-most'; readonly value: number }
  | { readonly is: 'one-of'; readonly values: readonly Value[] }
  | { readonly is: 'matches'; readonly pattern: string }
  | { readonly is: 'exists'; readonly value: boolean };
