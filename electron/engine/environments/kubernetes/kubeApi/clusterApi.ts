import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { LabError } from '../../../../contract/error.ts';
import type { KubeEvent, KubeReader } from '../../kubeReader.ts';
import { ApiAgent } from './apiAgent.ts';
import type { Credentials } from './credentials.ts';
import { type ApiAnswer, askApi, fetchFromApi, noAnswer } from './kubeClient.ts';

/** Milliseconds before a watch that broke is begun again, more after each failure. */
const PAUSES = [50, 250, 1000, 3000];

const Event = z.object({ type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']), object: z.unknown() });

/** Failures of a watch in a row after which the API server is silent, and not only busy. */
const SILENT = 3;

/** Who is told that the API server does not answer at all, and that it does again. */
export interface Silence {
  /** The same failure, with its reason where that can be found. */
  explained(failure: LabError): Promise<LabError>;
  fellSilent(failure: LabError): void;
  answered(): void;
}

/** What the API says of a failure. Source: Kubernetes API, `Status`. */
const Status = z.object({ kind: z.literal('Status'), message: z.string() });

/** A KubeReader over connections that `open` makes: it may make each to another process, so that a cluster that was started again is still read. */
export class ClusterApi implements KubeReader {
  readonly #agent: ApiAgent;
  readonly #silence: Silence | null;
  readonly #closing = new AbortController();

  constructor(open: () => Promise<Duplex>, credentials: Credentials, silence: Silence | null = null) {
    this.#agent = new ApiAgent(open, credentials);
    this.#silence = silence;
  }

  async get(path: string, { deadlineMs }: { deadlineMs: number }): Promise<unknown> {
    const answer = await this.#fetch(path, deadlineMs);
    if (answer.status === 404) return null;
    const read = parsed(answer.body);
    if (answer.status !== 200 || read === undefined) throw refused(path, answer);
    return read;
  }

  async text(path: string, { deadlineMs }: { deadlineMs: number }): Promise<string | null> {
    const answer = await this.#fetch(path, deadlineMs);
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw refused(path, answer);
    return answer.body;
  }

  async watch(path: string, onEvent: (event: KubeEvent) => void, signal: AbortSignal): Promise<void> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    const watched = `${path}${path.includes('?') ? '&' : '?'}watch=1`;
    for (let failures = 0; !ending.aborted; ) {
      const heard = await this.#follow(watched, onEvent, ending).catch(() => false);
      failures = heard ? 0 : failures + 1;
      if (heard) this.#silence?.answered();
      else if (failures >= SILENT && !ending.aborted) this.#silence?.fellSilent(noAnswer('a watch could not be begun'));
      const pause = PAUSES[Math.min(failures, PAUSES.length - 1)];
      await delay(pause, undefined, { signal: ending }).catch(() => undefined);
    }
  }

  close(): void {
    this.#closing.abort();
    this.#agent.destroy();
  }

  async #fetch(path: string, deadlineMs: number): Promise<ApiAnswer> {
    try {
      return await fetchFromApi(this.#agent, path, deadlineMs);
    } catch (thrown) {
      const failure = LabError.from(thrown);
      // A node that is not there has been named already.
      throw failure.code === 'node-stopped' ? failure : ((await this.#silence?.explained(failure)) ?? failure);
    }
  }

  /** One stream from its beginning to its end; whether anything came over it. */
  async #follow(path: string, onEvent: (event: KubeEvent) => void, signal: AbortSignal): Promise<boolean> {
    const response = await askApi(this.#agent, path, signal);
    if (response.statusCode !== 200) {
      response.resume();
      return false;
    }
    let heard = false;
    const lines = createInterface({ input: response });
    // An aborted stream ends in an error, and so does one whose server went away: both are its end.
    response.on('error', () => lines.close());
    lines.on('error', () => undefined);
    for await (const line of lines) {
      const event = Event.safeParse(parsed(line));
      if (!event.success || signal.aborted) continue;
      heard = true;
      onEvent(event.data);
    }
    return heard;
  }
}

const refused = (path: string, { status, body }: ApiAnswer) => {
  const said = Status.safeParse(parsed(body));
  return noAnswer(`${path}: ${status} ${said.success ? said.data.message : body.slice(0, 200)}`);
};

/** Undefined for what is no JSON. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
