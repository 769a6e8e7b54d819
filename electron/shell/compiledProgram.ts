import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

const DIGEST_BYTES = 32;

/**
 * Runs a CommonJS program as `require` would, with the machine code that V8 made of it the last time. That is kept in `cache`
 * when this process ends, so that it holds what the program really used. Node 20 has no `module.enableCompileCache`.
 * There is no `import()` in such a program: Node forgets where it leads when the code comes from a cache.
 */
export function runCompiled(program: string, cache: string): void {
  const source = readFileSync(program);
  const kept = join(cache, `${digest(Buffer.from(program)).toString('hex').slice(0, 32)}.v8`);
  const script = new Script(wrap(source.toString('utf8')), {
    filename: program,
    cachedData: readKept(kept, source),
  });
  if (script.cachedDataRejected !== false) process.once('exit', () => keep(kept, source, script.createCachedData()));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(program), module, program, dirname(program));
}

/** Undefined for what is not there, not whole, or of another source: V8 compares only its version, its flags and the source's length. */
function readKept(file: string, source: Buffer): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(DIGEST_BYTES);
    return digest(source, data).equals(bytes.subarray(0, DIGEST_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** A full disk or a folder that cannot be written costs time at the next start, nothing else. */
function keep(file: string, source: Buffer, data: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const written = `${file}.${process.pid}.new`;
    writeFileSync(written, Buffer.concat([digest(source, data), data]), { mode: 0o600 });
    renameSync(written, file);
  } catch (error) {
    console.error(error);
  }
}

const digest = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
