/** The middle one; of an even number the mean of the two in the middle. NaN of none. */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** With straight lines between the ranks, as spreadsheets do it. `at` from 0 to 100; NaN of none. */
export function percentile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = ((sorted.length - 1) * at) / 100;
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

/** What stands behind a median, in words: the tenth and the ninetieth of a hundred. */
export const spread = (values: readonly number[], digits = 0): string =>
  `${percentile(values, 10).toFixed(digits)} to ${percentile(values, 90).toFixed(digits)}`;
