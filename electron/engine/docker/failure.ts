import { LabError } from '../../contract/error.ts';

/** Fields that Node's sockets (`code`) and docker-modem (`statusCode`, `reason`, `json`) put on their errors. */
interface Raw {
  readonly message: string;
  readonly code: string | null;
  readonly status: number | null;
}

/**
 * The one place where an error of a socket or of the Docker Engine becomes one of ours.
 * @param doing what was asked, as it goes on after "could not": `start container web`
 */
export function dockerFailure(thrown: unknown, doing: string): LabError {
  if (thrown instanceof LabError) return thrown;
  const raw = read(thrown);
  const said = `Docker could not ${doing}: ${raw.message}`;
  const cause = { cause: thrown, data: { doing, status: raw.status } };

  if (/no space left on device|disk quota exceeded/i.test(raw.message) || raw.code === 'ENOSPC')
    return new LabError('disk-full', said, {
      ...cause,
      hint: 'Free some disk space: `patchbay clean --images` removes what Patchbay can build again.',
    });
  if (raw.code === 'EACCES' || raw.code === 'EPERM')
    return new LabError('docker-permission', `No permission to ${doing}: ${raw.message}`, {
      ...cause,
      hint: permissionHint,
    });
  if (raw.code !== null && unreachable.has(raw.code))
    return new LabError('docker-missing', `Docker did not answer when asked to ${doing}: ${raw.message}`, {
      ...cause,
      hint: '`patchbay doctor` says which engines were tried and why each one failed.',
    });
  if (raw.status === 404) return new LabError('not-found', said, cause);
  if (raw.status === 409) return new LabError('conflict', said, cause);
  return new LabError('docker-failed', said, { ...cause, hint: '`patchbay doctor` looks at Docker more closely.' });
}

export const permissionHint =
  'Put yourself into the group that owns the socket, `sudo usermod -aG docker $USER`, log out and in again; or set DOCKER_HOST to an engine of your own.';

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'ENOTSOCK',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

function read(thrown: unknown): Raw {
  if (!(thrown instanceof Error)) return { message: String(thrown), code: null, status: null };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;
  const status = 'statusCode' in thrown && typeof thrown.statusCode === 'number' ? thrown.statusCode : null;
  return { message: plain(thrown.message), code, status };
}

/** docker-modem's "(HTTP code 404) no such container - No such container: x " without its frame. */
const plain = (message: string): string =>
  message
    .replace(/^\(HTTP code \d+\) /, '')
    .replace(/^(unexpected|server error|[a-z ,/]+) - /, '')
    .trim();
