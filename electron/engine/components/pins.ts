import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { productRoot } from '../root.ts';

/** Go's words for the processors that Patchbay has images for. */
export const Arch = z.enum(['amd64', 'arm64']);
export type Arch = z.infer<typeof Arch>;

/** `{version}`, `{arch}` and, where each binary is a file of its own, `{binary}` are filled in. */
const Template = z.string().regex(/^https:\/\/[^{}]+(\{(version|arch|binary)\}[^{}]*)+$/);

/** What upstream publishes. `checksum` is where upstream says the SHA-256 of what lies at `url`. */
export const Release = z.strictObject({
  /** One download for each binary, or one archive (tar.gz) that has them all. */
  kind: z.enum(['files', 'archive']),
  url: Template,
  checksum: Template,
});
export type Release = z.infer<typeof Release>;

const GoCompile = z.strictObject({
  kind: z.literal('go'),
  /** Binary -> package. Their versions and checksums are in go.mod and go.sum of the component's folder. */
  packages: z.record(z.string(), z.string()),
  /** The processors for which it needs a C compiler; linked statically. */
  cgo: z.array(Arch).default([]),
  tags: z.array(z.string()).default([]),
  /** What the linker writes into string variables: version numbers. */
  variables: z.record(z.string(), z.string()).default({}),
  /** Seconds on two cores with nothing cached, until this machine has figures of its own. */
  seconds: z.number(),
});
const CCompile = z.strictObject({
  kind: z.literal('c'),
  seconds: z.number(),
});
export type GoCompile = z.infer<typeof GoCompile>;

const Component = z.strictObject({
  /** Also its folder under resources/components. */
  name: z.string(),
  title: z.string(),
  version: z.string(),
  binaries: z.array(z.string()).nonempty(),
  /** Null where upstream publishes no binary, or none with a checksum. */
  release: Release.nullable(),
  compile: z.discriminatedUnion('kind', [GoCompile, CCompile]),
});
export type Component = z.infer<typeof Component>;

const Go = z.strictObject({
  version: z.string(),
  /** Of the module golang.org/toolchain: what Go's checksum database says, without `h1:`. */
  h1: z.strictObject({ amd64: z.string(), arm64: z.string() }),
});
export type Go = z.infer<typeof Go>;

const Pins = z.strictObject({ go: Go, components: z.array(Component) });

export const componentsFolder = (): string => join(productRoot(), 'resources', 'components');

/** What clusters are made of, in the order in which it is made: the quick ones first, so that a fault shows early. */
export const pins = (): z.infer<typeof Pins> =>
  Pins.parse(JSON.parse(readFileSync(join(componentsFolder(), 'pins.json'), 'utf8')));

/** @throws where a template asks for something that is not given. */
export const filledIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${template} asks for ${name}, which is not there to fill in.`);
    return value;
  });
