import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { LabError } from '../../../../contract/error.ts';
import type { ApiAgent } from './apiAgent.ts';

/** Bytes. A whole lab's cluster lists in far less. */
const ANSWER_LIMIT = 16 * 1024 * 1024;

export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

export const noAnswer = (why: string, cause?: unknown): LabError =>
  new LabError('probe-failed', `The cluster's API server did not answer: ${why}`, {
    hint: 'This is not a wrong answer. Is the API server running? `crictl ps -a --name kube-apiserver` on the control plane shows it; a reset makes the cluster anew.',
    data: { component: 'kube-apiserver' },
    cause,
  });

/** The headers of an answer; the body is still to come. Rejects with `probe-failed` or, at the signal's time-out, `probe-timeout`. */
export const askApi = (agent: ApiAgent, path: string, signal: AbortSignal, method = 'GET'): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const asked = request({
      agent,
      path,
      method,
      host: 'cluster',
      signal,
      headers: { accept: 'application/json, */*' },
    });
    asked.once('response', resolve);
    asked.once('error', (error) => reject(failure(error, signal)));
    asked.end();
  });

/**
 * One request, answered whole. A connection that was kept and meanwhile ended is the one failure that is tried again: the request never reached anybody.
 */
export const fetchFromApi = async (agent: ApiAgent, path: string, deadlineMs: number): Promise<ApiAnswer> => {
  const signal = AbortSignal.timeout(deadlineMs);
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await askApi(agent, path, signal);
      return { status: response.statusCode ?? 0, body: await bodyOf(response, signal) };
    } catch (error) {
      const stale = error instanceof LabError && error.code === 'probe-failed' && hungUp(error.cause);
      if (!stale || attempt >= 4 || signal.aborted) throw error;
    }
  }
};

const hungUp = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE');

const failure = (error: Error, signal: AbortSignal): LabError => {
  if (signal.aborted)
    return new LabError('probe-timeout', "The cluster's API server took longer than its deadline.", {
      hint: 'This is not your mistake and costs nothing. Check again in a moment.',
      data: { component: 'kube-apiserver' },
      cause: error,
    });
  return error instanceof LabError ? error : noAnswer(error.message, error);
};

const bodyOf = async (response: IncomingMessage, signal: AbortSignal): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      size += chunk.length;
      if (size > ANSWER_LIMIT) throw noAnswer(`it sent more than ${ANSWER_LIMIT} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw failure(error instanceof Error ? error : new Error(String(error)), signal);
  }
  return Buffer.concat(chunks).toString();
};
