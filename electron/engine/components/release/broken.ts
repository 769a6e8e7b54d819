import { LabError } from '../../../contract/error.ts';

/** The connection ended early, or was not made: worth another attempt. */
export class Broken extends LabError {}

/** Throws an error of the network as `Broken`; those of the file system and ours as they are. */
export function brokenOr(error: unknown): never {
  if (error instanceof LabError || ofFileSystem(error)) throw error;
  const said = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  throw new Broken('image-failed', `The download broke off: ${said}${cause}`, {
    hint: 'It goes on from there: `patchbay prepare --kubernetes`. `PATCHBAY_COMPONENTS=modules` compiles instead.',
    cause: error,
  });
}

function ofFileSystem(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : null;
  return code === 'ENOSPC' || code === 'EDQUOT' || ('syscall' in error && 'path' in error);
}
