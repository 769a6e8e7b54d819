import { createWriteStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { arch, homedir, hostname, release, userInfo } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Finding } from '../contract/models/status.ts';

/** The end of a log is what counts. Bytes. */
const TAIL = 1024 * 1024;

/** Findings, versions and logs as a .tar.gz that can be shown to others. Answers of learners (journals) are not in it. */
export async function writeBundle(file: string, stateDir: string, findings: readonly Finding[]): Promise<void> {
  const archive = pack();
  const add = (name: string, text: string) => archive.entry({ name: `patchbay/${name}` }, redact(text));
  add('findings.json', JSON.stringify(findings, null, 2));
  const system = { platform: process.platform, arch: arch(), release: release(), node: process.versions.node };
  add('system.json', JSON.stringify(system, null, 2));
  const logs = join(stateDir, 'logs');
  for (const name of existsSync(logs) ? readdirSync(logs) : [])
    add(`logs/${name}`, readFileSync(join(logs, name)).subarray(-TAIL).toString('utf8'));
  archive.finalize();
  await pipeline(archive, createGzip(), createWriteStream(file, { mode: 0o600 }));
}

/** Takes out the learner's name, home, machine, and whatever looks like a key or a token. */
export function redact(text: string): string {
  const own = [homedir(), userInfo().username, hostname()].filter((it) => it.length > 2);
  const plain = own.reduce((so, word, n) => so.replaceAll(word, ['~', 'USER', 'MACHINE'][n] ?? 'X'), text);
  return plain
    .replaceAll(/\b(token|password|secret|authorization|cookie)(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi, '$1$2REDACTED')
    .replaceAll(/:\/\/[^\s/@:]+:[^\s/@]+@/g, '://REDACTED@')
    .replaceAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g, 'REDACTED KEY');
}
