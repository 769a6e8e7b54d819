import type { LabError } from '../../../contract/error.ts';
import type { Finding } from '../../../contract/models/status.ts';
import type { DockerConnection } from '../connect.ts';

/** What was found before the diagnoses begin: an engine, or why there is none. */
export type Patient =
  | { readonly docker: DockerConnection; readonly error: null }
  | { readonly docker: null; readonly error: LabError };

/** What a check came to; `fix` with a command between backticks where there is one. */
export type Result = Pick<Finding, 'state' | 'detail' | 'fix'>;

/** One line of `patchbay doctor`. A check that throws is `wrong`, with the error's own words and hint. */
export interface Diagnosis {
  readonly id: string;
  readonly title: string;
  /** Needs a Docker Engine that answers; without one it is skipped. */
  readonly needsDocker: boolean;
  check(patient: Patient): Promise<Result>;
}

export const ok = (detail: string): Result => ({ state: 'ok', detail, fix: null });
export const warning = (detail: string, fix: string | null): Result => ({ state: 'warning', detail, fix });
export const wrong = (detail: string, fix: string | null): Result => ({ state: 'wrong', detail, fix });
export const skipped = (detail: string): Result => ({ state: 'skipped', detail, fix: null });
