/** One process of a node; those in its pods are the node's too. */
export interface InsideProcess {
  /** As the node itself counts, as its `ps` shows it. */
  readonly pid: number;
  /** As the Docker Engine's machine counts: what the helper can enter. */
  readonly outerPid: number;
  /** What the kernel calls it; at most 15 characters. */
  readonly comm: string;
  /** The program and its arguments, as it was started. Empty for a process that is ending. */
  readonly args: readonly string[];
  /** The pod's uid as its cgroup has it: of a static pod that is the hash of its manifest. Null outside pods. */
  readonly pod: string | null;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
}

/** A network namespace that has a name (`ip netns`). */
export interface NamedNetns {
  readonly name: string;
  /** Its number, as `ls -i /run/netns` and `readlink /proc/PID/ns/net` show it. */
  readonly inode: number;
}

/** What is inside a node, read from outside: nothing of the node is run, so it is true whatever was done to its programs. */
export interface NodeInside {
  processes(): Promise<InsideProcess[]>;
  /** A file's bytes, links followed within the node; null when there is no such file. Limit 1 MiB. */
  file(path: string): Promise<Uint8Array | null>;
  /** What is in a folder, by name; null when there is no such folder. */
  folder(path: string): Promise<FolderEntry[] | null>;
  /** Its network namespaces that have a name, by name. */
  namespaces(): Promise<NamedNetns[]>;
}
