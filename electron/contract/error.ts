import { z } from 'zod';

/**
 * Every way in which Patchbay can fail, by name. A shell maps the name to an exit code or a page; nobody matches on messages.
 */
export const errorCodes = [
  'bad-input',
  'not-found',
  'lab-invalid',
  'conflict',
  'contract-version',
  'docker-missing',
  'docker-permission',
  'docker-too-old',
  'docker-failed',
  'package-missing',
  'disk-full',
  'image-failed',
  'environment-failed',
  'node-stopped',
  'paused',
  'agent-failed',
  'probe-timeout',
  'probe-failed',
  'journal-failed',
  'limit',
  'port-in-use',
  'forbidden',
  'timeout',
  'engine-gone',
  'internal',
] as const;

export const ErrorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** How an error looks on the wire, in `--json` output and on a page. */
export const ErrorView = z.object({
  code: ErrorCode,
  /** What happened, and where, in one or two sentences. */
  message: z.string(),
  /** What to do next; may hold a command to paste, between backticks. */
  hint: z.string().nullable(),
  /** Facts for programs and for the failure box of the page: node, component, log lines, command. */
  data: z.record(z.string(), z.unknown()),
});
export type ErrorView = z.infer<typeof ErrorView>;

interface Details {
  hint?: string;
  data?: Record<string, unknown>;
  cause?: unknown;
}

/** The one error class of Patchbay. Everything else that is thrown is a bug and becomes `internal`. */
export class LabError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly data: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = 'LabError';
    this.code = code;
    this.hint = details.hint ?? null;
    this.data = details.data ?? {};
  }

  /** Any thrown value as a LabError; what is not one already becomes `internal` and keeps its cause. */
  static from(thrown: unknown): LabError {
    if (thrown instanceof LabError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new LabError('internal', message, {
      hint: 'This is a fault of Patchbay. `patchbay doctor --bundle` collects its logs.',
      cause: thrown,
    });
  }

  static fromView(view: ErrorView): LabError {
    return new LabError(view.code, view.message, {
      ...(view.hint === null ? {} : { hint: view.hint }),
      data: view.data,
    });
  }

  toView(): ErrorView {
    return { code: this.code, message: this.message, hint: this.hint, data: this.data };
  }
}
