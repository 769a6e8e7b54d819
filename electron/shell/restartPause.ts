/** Milliseconds before a dead engine is started again: at once the first time, longer when it dies again and again soon after its start. */
export const restartPause = (earlyDeaths: number): number =>
  earlyDeaths <= 1 ? 0 : Math.min(100 * 2 ** (earlyDeaths - 1), 5000);
