import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

export interface ArchivedFile {
  /** From the root, without a slash at its beginning. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** 0o644 when absent; all belong to root. */
  readonly mode?: number;
}

/** A tar of these files; folders come into being where they are missing. */
export const archiveOf = async (files: readonly ArchivedFile[]): Promise<Buffer> => {
  const archive = pack();
  for (const { path, content, mode } of files)
    archive.entry({ name: path, mode: mode ?? 0o644, mtime: new Date() }, Buffer.from(content));
  archive.finalize();
  return buffer(archive);
};
