import { quote } from '../../agent/quote.ts';
import eachOnce from './eachOnce.pl?raw';
import { learnersTraffic } from './ownTraffic.ts';

/** Said once it listens. */
export const LISTENING = 'listening';

/**
 * Our own tcpdump on all interfaces of a node, those that come later too. It never looks up a name, and prints each kind of packet once, so
 * that a flood costs the engine nothing. `-Z root`: the helper may not become another user.
 */
export const captureScript = (pid: number): string => {
  const tcpdump = ['tcpdump', '-l', '-n', '-t', '-q', '-Z', 'root', '-i', 'any', '--immediate-mode', '-s', '128'];
  return `nsenter -t ${pid} -n ${quote([...tcpdump, learnersTraffic()])} 2>&1 | perl -e ${quote([eachOnce, LISTENING])}`;
};
