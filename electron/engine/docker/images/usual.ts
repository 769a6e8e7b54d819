import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheDir } from '../../../../resources/setup/paths.mjs';

const Seconds = z.record(z.string(), z.number().nonnegative());

/** Measured on two cores and a quick connection, until this machine has figures of its own. */
const shipped: z.infer<typeof Seconds> = {
  'base from a bundle': 5,
  'base from a registry': 10,
  'base from packages': 40,
  'host from a bundle': 8,
  'host built': 25,
  'node-system built': 30,
  'docker-system built': 120,
  'docker-node baked': 15,
  'docker-node from a bundle': 10,
  'node baked': 60,
  'node from a bundle': 25,
  'gateway built': 180,
  'gateway from a bundle': 5,
  'builder built': 30,
};

const file = () => join(cacheDir(), 'usual.json');

/** Seconds that this usually takes, or null when nobody has seen it. */
export const usualSeconds = (what: string): number | null => remembered()[what] ?? shipped[what] ?? null;

export function rememberSeconds(what: string, seconds: number): void {
  const all = { ...remembered(), [what]: Math.round(seconds * 10) / 10 };
  try {
    mkdirSync(cacheDir(), { recursive: true });
    writeFileSync(`${file()}.${process.pid}`, JSON.stringify(all, null, 2));
    renameSync(`${file()}.${process.pid}`, file());
  } catch {
    // A guess that is not kept is no reason to fail.
  }
}

function remembered(): z.infer<typeof Seconds> {
  try {
    return Seconds.parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return {};
  }
}
