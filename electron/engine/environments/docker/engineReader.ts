/** Reads from the Docker Engine of a node. Nothing is changed by it. */
export interface EngineReader {
  /**
   * What the engine answers to `GET /containers/json?all=1` and the like; null when it knows no such thing (404). Rejects with `node-stopped`,
   * `agent-failed`, `probe-timeout`, or `probe-failed` when no engine answers: a learner may have broken it, but then nothing can be told.
   */
  get(path: string): Promise<unknown>;
}
