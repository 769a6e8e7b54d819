/** One end of a cable. */
export interface Endpoint {
  readonly node: string;
  readonly interface: string;
}

export interface InterfacePlan {
  /** Six pairs of hex digits with colons; the kernel's choice when absent. */
  readonly mac?: string;
  /** With prefix length: `192.168.4.10/24`. */
  readonly addresses: readonly string[];
  readonly mtu?: number;
  readonly up: boolean;
}

export interface RoutePlan {
  readonly to: string;
  readonly via?: string;
  readonly dev?: string;
}

export interface NodePlan {
  /** A switch is a Linux bridge `br0` that all its interfaces are ports of. */
  readonly kind: 'host' | 'switch';
  readonly forwarding: boolean;
  readonly interfaces: Readonly<Record<string, InterfacePlan>>;
  readonly routes: readonly RoutePlan[];
  /** Lines of /etc/hosts beside the node's own: `192.168.4.10 files`. */
  readonly hosts: readonly string[];
}

/** What a hosts environment is to look like; the values are a run's own. */
export interface HostsTopology {
  readonly nodes: Readonly<Record<string, NodePlan>>;
  readonly links: readonly (readonly [Endpoint, Endpoint])[];
}

export const BRIDGE = 'br0';
