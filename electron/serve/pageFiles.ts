import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { contentSecurityPolicy, guardHeaders, newNonce } from './pagePolicy.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
};

export interface PageFile {
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A file of the built page with all its headers; null for what is not one. `path` is a URL's path, percent signs and all. */
export async function pageFile(folder: string, path: string, connect: readonly string[]): Promise<PageFile | null> {
  const name = nameIn(path);
  const type = name === null ? undefined : types[extname(name)];
  if (name === null || type === undefined) return null;
  const body = await readFile(join(folder, name)).catch(() => null);
  if (body === null) return null;
  return name === 'index.html' ? withNonce(body, type, connect) : { headers: headersOf(name, type), body };
}

function nameIn(path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  const name = normalize(decoded === '/' ? 'index.html' : decoded.replace(/^\/+/, ''));
  return name.includes('\0') || name.split(sep).includes('..') || /^([a-z]:|[\\/])/i.test(name) ? null : name;
}

function withNonce(body: Buffer, type: string, connect: readonly string[]): PageFile {
  const nonce = newNonce();
  return {
    headers: {
      ...guardHeaders,
      'Content-Type': type,
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy(nonce, connect),
    },
    body: Buffer.from(body.toString('utf8').replaceAll('__CSP_NONCE__', nonce)),
  };
}

const headersOf = (name: string, type: string): Record<string, string> => ({
  ...guardHeaders,
  'Content-Type': type,
  // The build puts a hash of the content into these names.
  'Cache-Control': name.startsWith(`assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
});
