import { LabError } from '../../contract/error.ts';

/** A full disk of ours by its name, everything else as it is. */
export function diskFailure(thrown: unknown, folder: string): LabError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return LabError.from(thrown);
  return new LabError('disk-full', `The disk is full: the components of Kubernetes could not be kept in ${folder}.`, {
    hint: 'They take about 900 MB there. `patchbay prepare --kubernetes` goes on with what is done.',
    cause: thrown,
  });
}
