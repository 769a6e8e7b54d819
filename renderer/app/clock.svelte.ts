/** The present in milliseconds, for counters that run on between two messages of the engine. Ticks only while it is used. */
export class Clock {
  now = $state(Date.now());

  /** To be called in an effect. `ms` is how often it ticks. */
  run(ms: number): () => void {
    const timer = setInterval(() => {
      this.now = Date.now();
    }, ms);
    return () => clearInterval(timer);
  }
}
