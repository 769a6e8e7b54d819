/** One line of the table. `ratio` is ours by peer's. What could not be measured is null, and `note` says why. */
export interface Row {
  readonly name: string;
  readonly ours: number | null;
  readonly peer: number | null;
  readonly unit: string;
  readonly ratio: number | null;
  readonly goal: string | null;
  /** Null where there is no goal, or nothing to hold against it. */
  readonly met: boolean | null;
  /** Who the peer is, how many samples, and their spread. */
  readonly note: string;
}

/** A bound on the ratio, or on our own figure. */
export interface Goal {
  readonly of: 'ratio' | 'ours';
  readonly at: 'most' | 'least';
  readonly value: number;
}

interface Measured {
  readonly name: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly unit: string;
  readonly goal: Goal | null;
  readonly note: string;
}

export function row({ name, ours, peer, unit, goal, note }: Measured): Row {
  const ratio = peer === null || peer === 0 ? null : ours / peer;
  const judged = goal?.of === 'ours' ? ours : ratio;
  const met =
    goal === null || judged === null ? null : goal.at === 'most' ? judged <= goal.value : judged >= goal.value;
  const text = goal && `${goal.of} at ${goal.at} ${goal.value}${goal.of === 'ours' ? ` ${unit}` : ''}`;
  return { name, ours, peer, unit, ratio, goal: text, met, note };
}

/** A row for what could not be measured here. */
export const unmeasured = (name: string, unit: string, why: string): Row => ({
  name,
  ours: null,
  peer: null,
  unit,
  ratio: null,
  goal: null,
  met: null,
  note: why,
});

/** The rows under their heads, columns aligned; each with its note below it. */
export function table(rows: readonly Row[]): string {
  const heads = ['', 'ours', 'peer', 'unit', 'ratio', 'goal', 'met'];
  const cells = rows.map((it) => [
    it.name,
    figure(it.ours),
    figure(it.peer),
    it.unit,
    it.ratio === null ? '-' : it.ratio.toFixed(2),
    it.goal ?? '-',
    it.met === null ? '-' : it.met ? 'yes' : 'NO',
  ]);
  const widths = heads.map((head, at) =>
    Math.max(...[head, ...cells.map((it) => it[at] ?? '')].map((it) => it.length)),
  );
  const line = (words: readonly string[]) =>
    words
      .map((word, at) =>
        at >= 1 && at <= 4 && at !== 3 ? word.padStart(widths[at] ?? 0) : word.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(heads), ...cells.flatMap((it, at) => [line(it), `    ${rows[at]?.note ?? ''}`])].join('\n');
}

const figure = (value: number | null): string =>
  value === null ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value % 1 === 0 ? 0 : 1);
