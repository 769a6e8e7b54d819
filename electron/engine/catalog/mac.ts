import type { Draw } from './random.ts';

export const isMac = (text: string): boolean => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text);

/** A locally administered unicast address (IEEE 802: first octet ends in binary 10) that is not in `taken`. */
export const drawMac = (from: Draw, taken: ReadonlySet<string>): string => {
  for (;;) {
    const octets = Array.from({ length: 6 }, (_, place) => (place === 0 ? from.below(64) * 4 + 2 : from.below(256)));
    const mac = octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
    if (!taken.has(mac)) return mac;
  }
};
