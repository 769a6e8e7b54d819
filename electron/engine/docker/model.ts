import type { Duplex, Readable } from 'node:stream';

/** How we came to an engine: shown by `doctor` and kept with each run. */
export interface Endpoint {
  readonly source: 'DOCKER_HOST' | 'context' | 'socket' | 'own';
  /** The context's name, or a word for the source. */
  readonly name: string;
  /** `unix:///...`, `tcp://...`, `ssh://...`, `npipe://...` */
  readonly address: string;
  /** Folder of ca.pem, cert.pem and key.pem for a `tcp://` address that asks for them. */
  readonly tlsFolder?: string;
}

export interface DockerInfo {
  readonly version: string;
  readonly apiVersion: string;
  readonly os: string;
  readonly arch: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memoryTotal: number;
  /** What the engine's machine calls itself: `Debian GNU/Linux 12 (bookworm)`, `Docker Desktop`. */
  readonly operatingSystem: string;
  readonly cgroupVersion: 1 | 2;
  /** The engine runs without root's rights. */
  readonly rootless: boolean;
  /** Of the control groups' `cpu`, `cpuset`, `memory`, `pids` those that containers do not get. All of them on a rootless engine with v1. */
  readonly missingControllers: readonly string[];
}

/** What every container of ours is made from; everything that is not named here is off. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly hostname?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly capAdd?: readonly string[];
  /** All others are dropped when given. */
  readonly capDrop?: readonly string[];
  readonly pidMode?: 'host';
  /** The engine's own network, for what has to fetch something; no network at all when absent. */
  readonly networkMode?: 'host';
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Docker's own list when absent. */
  readonly readonlyPaths?: readonly string[];
  readonly maskedPaths?: readonly string[];
  readonly init?: boolean;
  /** Docker's own profile when absent. */
  readonly apparmor?: 'unconfined';
  /** Docker's own filter of system calls when absent. */
  readonly seccomp?: 'unconfined';
  /** Of cgroup v1, where Docker's default is the host's; v2 engines make a private one anyhow. */
  readonly cgroupNamespace?: 'private';
  /** `a *:* rwm`: which devices the container may make and open, as the kernel's devices.allow has it. */
  readonly deviceRules?: readonly string[];
  /** Devices of the engine's machine, under the same path. */
  readonly devices?: readonly string[];
  /** Folder -> mount options: memory in place of the image's layer. */
  readonly tmpfs?: Readonly<Record<string, string>>;
  readonly volumes?: readonly VolumeMount[];
  readonly env?: readonly string[];
  /** Bytes. */
  readonly memoryLimit?: number;
  /** Its weight where processors are short; others have 1024. */
  readonly cpuShares?: number;
  readonly pidsLimit?: number;
  readonly stopSignal?: string;
}

/** Without a name it is the container's own and is removed with it. */
export interface VolumeMount {
  readonly target: string;
  readonly name?: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ContainerState {
  readonly id: string;
  readonly name: string;
  readonly state: 'created' | 'running' | 'paused' | 'stopped';
  /** In the engine's own pid namespace; 0 when not running. */
  readonly pid: number;
  readonly exitCode: number;
  /** ISO time; changes when it is started again. */
  readonly startedAt: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ContainerEvent {
  readonly kind: 'start' | 'die' | 'pause' | 'unpause' | 'destroy' | 'rename' | 'oom';
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ExecSpec {
  readonly command: readonly string[];
  readonly env?: readonly string[];
  readonly workdir?: string;
  readonly tty?: { readonly cols: number; readonly rows: number };
}

/** A hijacked exec. With a tty there is one stream; without, output is told apart. */
export interface ExecStream {
  readonly id: string;
  /** Writing is stdin. Reading is the terminal's bytes with a tty, else stdout. `pause` stops the engine sending. */
  readonly stream: Duplex;
  /** Null with a tty. */
  readonly stderr: Readable | null;
  resize(cols: number, rows: number): Promise<void>;
  /** Pid in the engine's own pid namespace (0 before it runs). */
  pid(): Promise<number>;
  /** Resolves with the exit code when the stream ended; null when it cannot be told. */
  readonly exit: Promise<number | null>;
  /** Drops the stream; the process goes on (see facts: it outlives its stream). */
  drop(): void;
}

export interface ExecOutput {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}
