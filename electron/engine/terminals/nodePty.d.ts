/** What we use of node-pty. The package that carries it under this name declares its types under its own. */
declare module 'node-pty' {
  interface Pty {
    readonly pid: number;
    onData(listener: (chunk: string | Uint8Array) => void): void;
    onExit(listener: () => void): void;
    write(bytes: Buffer): void;
    resize(cols: number, rows: number): void;
    pause(): void;
    resume(): void;
    /** SIGHUP where there are signals. */
    kill(): void;
  }

  export function spawn(
    file: string,
    args: string[],
    options: {
      name: string;
      cols: number;
      rows: number;
      cwd: string;
      env: NodeJS.ProcessEnv;
      /** Null: chunks are Buffers. */
      encoding: null;
    },
  ): Pty;
}
