/**
 * How the packets of our own probes are known again, so that a capture shows only what the learner has sent. A mark of the kernel would be lost in the
 * next namespace, so it is in the packets themselves.
 */

/** Eight bytes that fill an echo request behind ping's time stamp; a reply carries them back. */
const PATTERN = '7061746368626179';
/** Bytes of an ICMP message before the pattern: its header, and two numbers of 64 bits for the time. */
const BEFORE = 8 + 16;
/** Above what Linux gives to programs that ask for any port (32768 to 60999). */
const PORTS = { first: 64000, last: 64999 };

/** For our own ping. */
export const markedPing: readonly string[] = ['-p', PATTERN];

let next = 0;
/** A port of our own to send from; the same one comes again after a thousand others. */
export const ownPort = (): number => PORTS.first + (next++ % (PORTS.last - PORTS.first + 1));

/** For a program that goes on to the next port while one is in use, as curl does. */
export const ownPorts = (): string => `${ownPort()}-${PORTS.last}`;

/** In the words of pcap-filter(7): connections that are begun, datagrams and echoes, all but ours. */
export const learnersTraffic = (): string => {
  const ports = `not portrange ${PORTS.first}-${PORTS.last}`;
  const half = (at: string) => `${at} != 0x${PATTERN.slice(0, 8)}`;
  // A load beyond the end of a packet would drop it, so the length is looked at first.
  const echo = ['(icmp[0] = 8 or icmp[0] = 0)', `(ip[2:2] < ${20 + BEFORE + 4} or ${half(`icmp[${BEFORE}:4]`)})`];
  const echo6 = ['(ip6[40] = 128 or ip6[40] = 129)', `(ip6[4:2] < ${BEFORE + 4} or ${half(`ip6[${40 + BEFORE}:4]`)})`];
  return [
    `(icmp and ${echo.join(' and ')})`,
    `(icmp6 and ${echo6.join(' and ')})`,
    `(tcp and ${ports} and tcp[13] & 0x12 = 0x02)`,
    `(ip6 proto 6 and ${ports} and ip6[53] & 0x12 = 0x02)`,
    `(udp and ${ports})`,
  ].join(' or ');
};
