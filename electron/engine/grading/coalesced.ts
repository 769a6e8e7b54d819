/** Work that is asked for again and again: at most one under way, and at most one more that begins when it ends. */
export interface Coalesced {
  /** Begins at once when none is under way; otherwise once more after it. */
  request(): void;
  /** Begins only when none is under way. */
  requestIfIdle(): void;
}

/** `work` must not reject. */
export const coalesced = (work: () => Promise<void>): Coalesced => {
  let underWay = false;
  let again = false;
  const begin = async () => {
    underWay = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      underWay = false;
    }
  };
  return {
    request() {
      if (underWay) again = true;
      else void begin();
    },
    requestIfIdle() {
      if (!underWay) void begin();
    },
  };
};
