/** One line of a watch: what the API server says of an object, as it stands in its JSON. */
export interface KubeEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

/**
 * The cluster's API, with the administrator's certificate and over a way of our own, so that a learner's kubectl, kubeconfig and PATH do not matter.
 * Paths are the API's: `/api/v1/nodes`. An API server that does not answer is `probe-failed` or `probe-timeout`: never a wrong answer of the learner's.
 */
export interface KubeReader {
  /** The JSON of the answer; null where the API says that there is no such object (404). */
  get(path: string, options: { deadlineMs: number }): Promise<unknown>;
  /** An answer that is no JSON: a log. Null where there is no such object. */
  text(path: string, options: { deadlineMs: number }): Promise<string | null>;
  /** Follows a list (`?watch=1` is added); begins again by itself when the stream ends, until the signal aborts. Resolves then. */
  watch(path: string, onEvent: (event: KubeEvent) => void, signal: AbortSignal): Promise<void>;
}
