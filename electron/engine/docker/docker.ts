import type {
  ContainerEvent,
  ContainerSpec,
  ContainerState,
  DockerInfo,
  Endpoint,
  ExecOutput,
  ExecSpec,
  ExecStream,
} from './model.ts';

/**
 * A Docker Engine as the rest of Patchbay sees it. The only implementation is `connect.ts`; nothing outside this folder imports dockerode.
 * Every method rejects with a LabError (`docker-missing`, `docker-permission`, `docker-failed`, `not-found`, `disk-full`), and none waits without limit.
 */
export interface Docker {
  readonly endpoint: Endpoint;
  info(): Promise<DockerInfo>;

  /** Creates without starting; resolves with the id. */
  create(spec: ContainerSpec): Promise<string>;
  start(id: string): Promise<void>;
  /** The container's own stop signal, and after `graceSeconds` SIGKILL; resolves when it has stopped. */
  shutDown(id: string, graceSeconds: number): Promise<void>;
  pause(id: string): Promise<void>;
  unpause(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** SIGKILL, then removal with its anonymous volumes; resolves also when it is gone already. */
  remove(id: string): Promise<void>;
  /** Null when there is no such container. */
  inspect(idOrName: string): Promise<ContainerState | null>;
  /** All containers, running or not, that carry these labels. `pid` is 0: ask `inspect`. */
  list(labels: Readonly<Record<string, string>>): Promise<ContainerState[]>;
  /** The last lines that the container printed. */
  logs(id: string, tail: number): Promise<string>;

  exec(id: string, spec: ExecSpec): Promise<ExecStream>;
  /** Runs to the end. Rejects with `timeout` after `deadlineMs`. */
  execToEnd(
    id: string,
    command: readonly string[],
    options: { deadlineMs: number; stdin?: string },
  ): Promise<ExecOutput>;
  /** One file's bytes through the archive API, links followed inside the container; null when there is none. Limit 1 MiB. */
  readFile(id: string, path: string): Promise<Uint8Array | null>;
  writeFile(id: string, path: string, content: Uint8Array | string, mode: number): Promise<void>;
  /** Unpacks a tar (also gzipped) below a folder of a container, running or not; owners and modes as they are in it. */
  writeArchive(id: string, folder: string, tar: Uint8Array): Promise<void>;

  /** Container events with these labels, until the signal aborts. `onLost` is told when Docker went away; the caller subscribes again. */
  watch(
    labels: Readonly<Record<string, string>>,
    onEvent: (event: ContainerEvent) => void,
    signal: AbortSignal,
    onLost: () => void,
  ): Promise<void>;

  hasImage(reference: string): Promise<boolean>;
  close(): void;
}
