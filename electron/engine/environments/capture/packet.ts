/** What was seen of packets of one kind on their way; how many there were is not counted. */
export interface Packet {
  readonly ifname: string;
  /** As the node sees it: `out` of an interface to which a pod is plugged is into the pod. */
  readonly direction: 'in' | 'out';
  readonly source: string;
  readonly destination: string;
  readonly protocol: 'icmp' | 'tcp' | 'udp';
  /** Of the destination; null for ICMP. */
  readonly port: number | null;
  /** Of an echo; null for TCP and UDP. */
  readonly echo: 'request' | 'reply' | null;
}

const line = /^packet (\S+) (in|out) (\S+) (\S+) (icmp|tcp|udp) (request|reply|-)$/;

/** A line of `captureScript`; null when it is none of those about packets. */
export const packetIn = (text: string): Packet | null => {
  const [, ifname, direction, source, to, protocol, echo] = line.exec(text) ?? [];
  if (!ifname || !source || !to) return null;
  const dot = protocol === 'icmp' ? to.length : to.lastIndexOf('.');
  const packet = {
    ifname,
    source,
    destination: to.slice(0, dot),
    port: dot < to.length ? Number(to.slice(dot + 1)) : null,
  };
  return {
    ...packet,
    direction: direction === 'in' ? 'in' : 'out',
    protocol: protocol === 'icmp' || protocol === 'tcp' ? protocol : 'udp',
    echo: echo === 'request' || echo === 'reply' ? echo : null,
  };
};
