import type { Agent } from '../../agent/agent.ts';
import { quote } from '../../agent/quote.ts';
import type { Pids } from './wiring.ts';

/** After a watch broke (the agent was killed) it is begun again, at first at once. Milliseconds. */
const PAUSES = [0, 250, 1000, 5000];

/** Tells a node's name whenever something of its network changes: links, addresses, routes, neighbours, forwarding, bridge ports. */
export const watchNetwork = (agent: Agent, pids: Pids, onChange: (node: string) => void, signal: AbortSignal): void => {
  const names = [...pids.keys()];
  const follow = async (failures: number): Promise<void> => {
    if (signal.aborted) return;
    let heard = false;
    try {
      await agent.watch(
        watchScript(pids),
        (line) => {
          heard = true;
          const name = names[Number(line)];
          if (name !== undefined) onChange(name);
        },
        signal,
      );
    } catch {
      // The next round opens a new stream; whoever checks meanwhile learns by himself what is wrong.
    }
    if (signal.aborted) return;
    // What changed while nobody listened is unknown: everybody looks again.
    for (const name of names) onChange(name);
    const next = heard ? 0 : failures + 1;
    setTimeout(() => void follow(next), PAUSES[Math.min(next, PAUSES.length - 1)]);
  };
  void follow(0);
};

/** One monitor a node; a line is only the node's number, because the state is read anew whatever the event says. */
const watchScript = (pids: Pids): string =>
  [
    ...[...pids.values()].map(
      (pid, index) => `nsenter -t ${pid} -n sh -c ${quote([MONITOR])} | sed -u 's/.*/${index}/' &`,
    ),
    'wait',
  ].join('\n');

/**
 * Prints a line of its own once the monitor's socket listens (its groups in /proc/net/netlink are not 0): what changed while it was being set up
 * is unknown, so everybody looks again.
 */
const MONITOR = [
  'ip -o monitor all & monitor=$!',
  'until grep -qE "^[0-9a-f]+ +0 +$monitor +0*[1-9a-f]" /proc/net/netlink || ! kill -0 $monitor; do sleep 0.01; done 2> /dev/null',
  'echo listening',
  'wait',
].join('\n');
