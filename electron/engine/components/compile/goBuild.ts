import type { Arch, Component, GoCompile } from '../pins.ts';
import { filledIn } from '../pins.ts';

/** `go build` for a component, with what makes its output the same on every machine: no paths, no table of symbols, no C library of the machine's. */
export function goBuild({ version }: Component, compile: GoCompile, arch: Arch): { env: string[]; options: string[] } {
  const cgo = compile.cgo.includes(arch);
  const variables = Object.entries(compile.variables).map(
    ([name, value]) => `-X ${name}=${filledIn(value, { version })}`,
  );
  const linker = ['-s', '-w', ...variables, ...(cgo ? ['-extldflags -static'] : [])];
  return {
    env: [`CGO_ENABLED=${cgo ? 1 : 0}`],
    options: [
      '-trimpath',
      ...(compile.tags.length > 0 ? ['-tags', compile.tags.join(',')] : []),
      '-ldflags',
      linker.join(' '),
    ],
  };
}

/** What `go build` calls the program of a package: the last part of its path that is no version. */
export const programOf = (goPackage: string): string =>
  goPackage.split('/').findLast((part) => !/^v\d+$/.test(part)) ?? goPackage;
