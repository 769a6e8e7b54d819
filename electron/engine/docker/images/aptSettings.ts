import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

const SUITE = 'bookworm';
const SUITES = [SUITE, `${SUITE}-updates`, `${SUITE}-security`];
const DEBIAN = /^https?:\/\/(deb|security)\.debian\.org\//;

/**
 * This machine's own sources for our suite, a `deb` line each, where they are a mirror; empty where they are Debian's own or there are none.
 * A machine that reaches only its mirror then builds from that, and everybody else from deb.debian.org.
 */
export function mirrorSources(root = '/etc/apt'): string[] {
  const lines = sourceFiles(root).flatMap(({ name, text }) =>
    name.endsWith('.sources') ? deb822(text) : oneLine(text),
  );
  return lines.every((line) => DEBIAN.test(line.split(' ')[1] ?? '')) ? [] : lines;
}

/** Proxy and validity settings of this machine's apt, as lines of apt.conf. */
export async function aptOptions(): Promise<string[]> {
  const { stdout, failed } = await execa('apt-config', ['dump'], { reject: false });
  if (failed) return [];
  return stdout
    .split('\n')
    .filter((line) => /^Acquire::(https?::Proxy|Check-Valid-Until|Check-Date) "[^"]+";$/.test(line));
}

function sourceFiles(root: string): { name: string; text: string }[] {
  const read = (name: string) => {
    try {
      return [{ name, text: readFileSync(join(root, name), 'utf8') }];
    } catch {
      return [];
    }
  };
  const parts = (): string[] => {
    try {
      return readdirSync(join(root, 'sources.list.d')).map((name) => join('sources.list.d', name));
    } catch {
      return [];
    }
  };
  return ['sources.list', ...parts().filter((it) => /\.(list|sources)$/.test(it))].flatMap(read);
}

/** Source: sources.list(5), one-line style. Options in brackets are left out: a key file is this machine's own. */
function oneLine(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, uri, suite, components] = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim()) ?? [];
    return uri && suite && components ? entry(uri, suite, components) : [];
  });
}

/** Source: sources.list(5), deb822 style. */
function deb822(text: string): string[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string) =>
      new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    if (!field('Types').includes('deb') || field('Enabled').includes('no')) return [];
    return field('URIs').flatMap((uri) =>
      field('Suites').flatMap((suite) => entry(uri, suite, field('Components').join(' '))),
    );
  });
}

const entry = (uri: string, suite: string, components: string): string[] =>
  SUITES.includes(suite) && components.split(/\s+/).includes('main') ? [`deb ${uri} ${suite} main`] : [];
