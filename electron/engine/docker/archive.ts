import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Dockerode from 'dockerode';
import { extract, pack } from 'tar-stream';
import { LabError } from '../../contract/error.ts';
import { bounded, patience } from './bounded.ts';

/** Bytes. Whatever a lab asks about is far smaller, and a node must not fill our memory. */
const FILE_LIMIT = 1024 * 1024;

/** A file's bytes, links followed inside the container; null when there is no such file (a folder is none). */
export async function readFile(client: Dockerode, id: string, path: string): Promise<Uint8Array | null> {
  const doing = `read ${path} of container ${id.slice(0, 12)}`;
  const first = await fetchFile(client, id, path, doing);
  // Docker has followed the link to its end, within the container's root, when it tells us the target.
  const found = first?.link ? await fetchFile(client, id, first.link, doing) : first;
  return found?.content ?? null;
}

type Fetched = { content: Buffer | null; link: string | null };

async function fetchFile(client: Dockerode, id: string, path: string, doing: string): Promise<Fetched | null> {
  try {
    return await bounded(doing, patience.ask, async (abortSignal) => {
      const stream = (await client.getContainer(id).getArchive({ path, abortSignal })) as Readable & Headers;
      const stat = statOf(stream.headers);
      if (stat.linkTarget && stat.linkTarget !== path) {
        stream.destroy();
        return { content: null, link: stat.linkTarget };
      }
      if (stat.size > FILE_LIMIT && !stat.folder) {
        stream.destroy();
        throw new LabError('limit', `${path} has ${stat.size} bytes; ${FILE_LIMIT} is the most that is read.`);
      }
      if (stat.folder) stream.destroy();
      return { content: stat.folder ? null : await onlyEntry(stream), link: null };
    });
  } catch (error) {
    const failure = LabError.from(error);
    // 404 is said for a missing file and for a missing container alike, and the words tell which.
    if (failure.code === 'not-found' && !/no such container/i.test(failure.message)) return null;
    throw failure;
  }
}

/** What dockerode's stream is: an http response. Its types do not say so. */
type Headers = { readonly headers: Readonly<Record<string, string | string[] | undefined>> };

/** Go's os.FileMode keeps a folder's bit at the top. */
const GO_FOLDER = 2 ** 31;

function statOf(headers: Headers['headers']): { linkTarget: string; size: number; folder: boolean } {
  const header = headers['x-docker-container-path-stat'];
  const stat: unknown = JSON.parse(Buffer.from(typeof header === 'string' ? header : 'e30=', 'base64').toString());
  const field = (name: string): unknown => (stat && typeof stat === 'object' ? Reflect.get(stat, name) : undefined);
  const mode = field('mode');
  return {
    linkTarget: String(field('linkTarget') ?? ''),
    size: Number(field('size') ?? 0),
    folder: typeof mode === 'number' && mode >= GO_FOLDER,
  };
}

async function onlyEntry(stream: Readable): Promise<Buffer | null> {
  let content: Buffer | null = null;
  const tar = extract();
  stream.on('error', (error) => tar.destroy(error));
  stream.pipe(tar);
  for await (const entry of tar) {
    const bytes = await buffer(entry);
    if (entry.header.type === 'file') content ??= bytes;
  }
  return content;
}

/** The folder must exist. `mode` such as 0o644; the file belongs to root. */
export async function writeFile(
  client: Dockerode,
  id: string,
  path: string,
  content: Uint8Array | string,
  mode: number,
): Promise<void> {
  const tar = pack();
  tar.entry({ name: posix.basename(path), mode, mtime: new Date() }, Buffer.from(content));
  tar.finalize();
  const bytes = await buffer(tar);
  await put(client, id, posix.dirname(path), bytes, path);
}

export const writeArchive = (client: Dockerode, id: string, folder: string, tar: Uint8Array): Promise<void> =>
  put(client, id, folder, Buffer.from(tar), `an archive into ${folder}`);

const put = async (client: Dockerode, id: string, folder: string, tar: Buffer, what: string): Promise<void> => {
  await bounded(`write ${what} of container ${id.slice(0, 12)}`, patience.ask, (abortSignal) =>
    client.getContainer(id).putArchive(tar, { path: folder, abortSignal }),
  );
};
