import type { NodeHandle } from '../../environments/environment.ts';
import { type Assignment, assignmentsIn, variableIn, wordsIn } from './unitSyntax.ts';

/** Where systemd looks, what comes first wins: systemd.unit(5). */
const folders = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

/** Something that a unit says, and the file in which it does. */
export interface Said extends Assignment {
  readonly source: string;
}

export interface Variable {
  readonly value: string;
  readonly source: string;
}

export interface Unit {
  readonly path: string;
  /** Paths, in the order in which they are read. */
  readonly dropIns: readonly string[];
  /** Its file is a link to /dev/null. */
  readonly masked: boolean;
  /** What holds in the end: what was taken back by an empty value is left out. */
  readonly said: readonly Said[];
  /** Environment= and EnvironmentFile= together; the last word counts. */
  readonly variables: ReadonlyMap<string, Variable>;
}

/** A unit as `systemctl cat` shows it, read from the node's files; null when there is no such file. */
export const readUnit = async (node: NodeHandle, name: string): Promise<Unit | null> => {
  const [path, dropIns] = await Promise.all([firstOf(node, name), dropInsOf(node, name)]);
  if (path === null) return null;
  const content = await node.file(path);
  const texts = await Promise.all(dropIns.map(async (each) => textOf(await node.file(each))));
  const said = standing([
    ...from(path, textOf(content)),
    ...dropIns.flatMap((each, place) => from(each, texts[place] ?? '')),
  ]);
  return { path, dropIns, masked: content === null, said, variables: await variablesOf(node, said) };
};

const firstOf = async (node: NodeHandle, name: string): Promise<string | null> => {
  const listed = await Promise.all(folders.map((folder) => node.folder(folder)));
  const first = folders.find((_, place) => listed[place]?.some((entry) => entry.name === name));
  return first === undefined ? null : `${first}/${name}`;
};

/** Those of all folders in the order of their names; of two with one name the first folder's. `service.d` is for every service. */
const dropInsOf = async (node: NodeHandle, name: string): Promise<string[]> => {
  const kind = name.slice(name.lastIndexOf('.') + 1);
  const places = [`${name}.d`, `${kind}.d`].flatMap((part) => folders.map((folder) => `${folder}/${part}`));
  const listed = await Promise.all(places.map((place) => node.folder(place)));
  const found = new Map<string, string>();
  for (const [at, place] of places.entries())
    for (const entry of listed[at] ?? [])
      if (entry.name.endsWith('.conf') && !found.has(entry.name)) found.set(entry.name, `${place}/${entry.name}`);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
};

const textOf = (bytes: Uint8Array | null): string => new TextDecoder().decode(bytes ?? new Uint8Array());

const from = (source: string, content: string): Said[] =>
  assignmentsIn(content).map((assignment) => ({ ...assignment, source }));

/** An empty value takes back what stood before it. */
const standing = (all: readonly Said[]): Said[] =>
  all.filter(
    ({ section, key, value }, place) =>
      value !== '' &&
      !all.slice(place + 1).some((later) => later.value === '' && later.section === section && later.key === key),
  );

const variablesOf = async (node: NodeHandle, said: readonly Said[]): Promise<ReadonlyMap<string, Variable>> => {
  const variables = new Map<string, Variable>();
  const set = (words: readonly string[], source: string) => {
    for (const word of words) {
      const [name, value] = variableIn(word) ?? [];
      if (name !== undefined && value !== undefined) variables.set(name, { value, source });
    }
  };
  for (const { section, key, value, source } of said)
    if (section === 'Service' && key === 'Environment') set(wordsIn(value), source);
  // Files come after, wherever they stand. A hyphen: it need not be there.
  for (const { section, key, value } of said) {
    if (section !== 'Service' || key !== 'EnvironmentFile') continue;
    const path = value.replace(/^-/, '');
    for (const line of textOf(await node.file(path)).split('\n'))
      if (!/^\s*[#;]/.test(line)) set([unquoted(line.trim())], path);
  }
  return variables;
};

/** `NAME="a b"` in an environment file is `NAME=a b`. */
const unquoted = (line: string): string => line.replace(/^(\w+=)(["'])(.*)\2$/s, '$1$3');
