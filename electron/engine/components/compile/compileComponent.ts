import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import type { Docker } from '../../docker/docker.ts';
import { contextFiles } from '../../docker/images/contentHash.ts';
import { rememberSeconds, usualSeconds } from '../../docker/images/usual.ts';
import type { RunningStep } from '../../progress/stepList.ts';
import { type Arch, type Component, componentsFolder, type GoCompile } from '../pins.ts';
import type { Builder } from './builder.ts';
import { CompileProgress } from './compileProgress.ts';
import { goBuild, programOf } from './goBuild.ts';

/** Milliseconds without a line. A proxy that is asked for a module is slow at times; a big program links for a minute on a busy machine. */
const SILENCE = { fetching: 180_000, compiling: 900_000 };

/** Compiles one component in the builder, and puts its binaries into `folder`. */
export async function compileComponent(
  docker: Docker,
  builder: Builder,
  component: Component,
  { arch, folder, environment }: { arch: Arch; folder: string; environment: readonly string[] },
  step: RunningStep,
): Promise<void> {
  const { name, compile } = component;
  const usual = usualSeconds(`${name} compiled`) ?? compile.seconds;
  step.usually(usual);
  await docker.writeArchive(builder.id, '/build', await sources(name));
  await builder.run({ command: ['sh', '-c', `rm -rf /build/out && mkdir /build/out`], silence: SILENCE.fetching });
  if (compile.kind === 'go') await compileGo(builder, component, compile, arch, environment, usual, step);
  else
    for (const binary of component.binaries)
      await builder.run({
        command: ['gcc', '-Wall', '-Os', '-s', '-static', '-o', `/build/out/${binary}`, `${binary}.c`],
        workdir: `/build/${name}`,
        silence: SILENCE.compiling,
      });
  step.detail('putting it into the cache');
  await builder.read(['tar', '-C', '/build/out', '-c', '.'], SILENCE.fetching, (tar) => unpack(tar, folder));
}

async function compileGo(
  builder: Builder,
  component: Component,
  compile: GoCompile,
  arch: Arch,
  environment: readonly string[],
  usual: number,
  step: RunningStep,
): Promise<void> {
  const { env, options } = goBuild(component, compile, arch);
  const packages = Object.values(compile.packages);
  const go = (command: readonly string[], silence: number, onLine?: (line: string) => void) =>
    builder.run({ command, env: [...environment, ...env], workdir: `/build/${component.name}`, silence, onLine });

  let total = 0;
  let modules = 0;
  await go(['go', 'list', '-deps', ...packages], SILENCE.fetching, (line) => {
    if (line.startsWith('go: downloading')) step.detail(`module ${++modules}: ${line.split(' ')[2] ?? ''}`);
    else total++;
  });
  const build = ['go', 'build', ...options, '-o', '/build/out/'];
  let toDo = 0;
  // A dry run prints the compiler's command lines for what is not in the cache.
  await go(
    ['sh', '-c', '"$@" 2>&1 | grep -c "/compile -o " || true', 'sh', ...inserted(build, '-n'), ...packages],
    SILENCE.compiling,
    (line) => {
      toDo = Number(line) || 0;
    },
  );
  const began = performance.now();
  const progress = new CompileProgress({ packages: total, toDo, links: packages.length, usual });
  const timer = setInterval(() => step.detail(progress.text()), 1000);
  try {
    await go([...inserted(build, '-v'), ...packages], SILENCE.compiling, (line) => progress.line(line));
  } finally {
    clearInterval(timer);
  }
  if (toDo > 0.9 * total) rememberSeconds(`${component.name} compiled`, (performance.now() - began) / 1000);
  for (const [binary, goPackage] of Object.entries(compile.packages))
    if (programOf(goPackage) !== binary)
      await go(['mv', `/build/out/${programOf(goPackage)}`, `/build/out/${binary}`], SILENCE.fetching);
}

/** `go build` with one more option in its place, before all others. */
const inserted = ([go = '', build = '', ...options]: readonly string[], option: string): string[] => [
  go,
  build,
  option,
  ...options,
];

async function sources(name: string): Promise<Buffer> {
  const tar = pack();
  for (const { path, content, mode } of contextFiles(join(componentsFolder(), name)))
    tar.entry({ name: `${name}/${path}`, mode, mtime: new Date(0) }, content);
  tar.finalize();
  return await buffer(tar);
}

/** The files of a tar's root, into a folder. */
async function unpack(tar: Readable, folder: string): Promise<void> {
  const entries = extract();
  const fed = pipeline(tar, entries);
  for await (const entry of entries)
    if (entry.header.type === 'file')
      await pipeline(entry, createWriteStream(join(folder, entry.header.name.replace(/^.*\//, ''))));
    else entry.resume();
  await fed;
}
