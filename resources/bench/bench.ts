import { type Measurement, measurements } from './measurements.ts';
import { type Row, table } from './row.ts';
import { openSite } from './site.ts';

export interface Wanted {
  /** The one measurement to make; null for all. */
  readonly only: string | null;
  readonly json: boolean;
}

/** Measures and prints. Answers whether every goal was met. Whatever was made for it is removed, also when it fails. */
export async function bench({ only, json }: Wanted): Promise<boolean> {
  const chosen = measurements.filter((it) => only === null || it.name === only);
  if (chosen.length === 0)
    throw new Error(`There is no measurement ${only}. There are: ${measurements.map((it) => it.name).join(', ')}.`);
  const site = await openSite();
  close = () => site.close();
  const rows: Row[] = [];
  try {
    for (const measurement of chosen) rows.push(...(await measured(measurement, site)));
  } finally {
    await site.close();
  }
  console.log(json ? JSON.stringify(rows, null, 2) : table(rows));
  return rows.every((it) => it.met !== false);
}

let close = async () => {};

/** Removes what was made so far: for an interruption. */
export const abandon = (): Promise<void> => close();

async function measured({ name, measure }: Measurement, site: Awaited<ReturnType<typeof openSite>>): Promise<Row[]> {
  const say = (text: string) => process.stderr.write(`${name}: ${text}\n`);
  return measure({ ...site, say });
}
