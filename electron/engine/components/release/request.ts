import { LabError } from '../../../contract/error.ts';

/** Milliseconds without a byte. */
const SILENCE = 30_000;

export interface Answer {
  readonly response: Response;
  /** To be called with each byte that came. */
  readonly alive: () => void;
  /** To be called at the end; `why` says what ended it from our side, null when nothing did. */
  readonly end: (() => void) & { readonly why: () => LabError | null };
}

/**
 * A GET whose server may not fall silent, neither before the answer nor within it.
 * Rejects with `image-failed` for 404 and the like and when interrupted, `timeout` after the silence, and fetch's own error otherwise.
 */
export async function request(
  url: string,
  {
    headers = {},
    silence = SILENCE,
    signal,
  }: { headers?: Record<string, string>; silence?: number; signal: AbortSignal },
): Promise<Answer> {
  const silent = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silent.abort(), silence);
  };
  const why = (): LabError | null => {
    if (signal.aborted)
      return new LabError('image-failed', `The download of ${url} was interrupted.`, {
        hint: '`patchbay prepare --kubernetes` goes on with it.',
      });
    if (silent.signal.aborted)
      return new LabError(
        'timeout',
        `${new URL(url).host} sent nothing for ${silence / 1000} s while ${url} was fetched.`,
        {
          hint: 'What came is kept: try again, or `PATCHBAY_COMPONENTS=modules patchbay prepare --kubernetes` compiles instead.',
        },
      );
    return null;
  };
  const end = Object.assign(() => clearTimeout(timer), { why });
  alive();
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.any([signal, silent.signal]) });
    alive();
    if (response.ok || response.status === 416) return { response, alive, end };
    await response.body?.cancel();
    throw refusal(url, response.status);
  } catch (error) {
    end();
    throw why() ?? error;
  }
}

function refusal(url: string, status: number): Error {
  // A server in trouble may be out of it soon.
  if (status >= 500 || status === 429) return new Error(`${url} answered ${status}`);
  return new LabError('image-failed', `${url} answered ${status}${status === 404 ? ': there is no such file' : ''}.`, {
    hint: '`PATCHBAY_COMPONENTS=modules patchbay prepare --kubernetes` compiles it instead.',
    data: { status },
  });
}
