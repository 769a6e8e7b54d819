import { createHash } from 'node:crypto';

/** Whole numbers that follow from a key alone: the same key gives the same row of numbers on every machine. */
export interface Draw {
  /** Evenly from 0 up to, not including, `bound` (at most 2^48). */
  below(bound: number): number;
}

/**
 * Keyed by seed, lab and name, so that a new variable changes no other. SHA-256 in counter mode, 48 bits a number; a
 * number in the last, incomplete stretch is thrown away, so that none is likelier than another.
 */
export const drawFor = (seed: number, lab: string, name: string): Draw => {
  let counter = 0;
  const next = () => {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, lab, name, counter++]))
      .digest();
    return digest.readUIntBE(0, 6);
  };
  return {
    below(bound) {
      const whole = Math.floor(2 ** 48 / bound) * bound;
      for (;;) {
        const number = next();
        if (number < whole) return number % bound;
      }
    },
  };
};
