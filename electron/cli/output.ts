import { styleText } from 'node:util';

export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Format = Parameters<typeof styleText>[0];

/** What a verb says: results on standard output, everything else on standard error. Colours only for a person who looks on. */
export class Output {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly #colours: boolean;

  constructor(stdout: Stream, stderr: Stream, env: NodeJS.ProcessEnv = process.env) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.#colours = stdout.isTTY === true && !env.NO_COLOR;
  }

  line(text = ''): void {
    this.stdout.write(`${text}\n`);
  }

  /** One value in one line, for a program. */
  json(value: unknown): void {
    this.stdout.write(`${JSON.stringify(value)}\n`);
  }

  note(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  style(format: Format, text: string): string {
    // Whether this stream takes colours was asked above; `styleText` would ask about standard output.
    return this.#colours ? styleText(format, text, { validateStream: false }) : text;
  }

  /** Rows with their columns in line, the last one ragged. Nothing where there are no rows. */
  table(rows: readonly (readonly string[])[]): void {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    for (const row of rows)
      this.line(
        row
          .map((cell, n) => cell.padEnd(widths[n] ?? 0))
          .join('  ')
          .trimEnd(),
      );
  }
}
