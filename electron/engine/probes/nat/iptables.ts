import { asNetwork, type Chain, type Effect, type Match, type Negatable, type Rule } from './chain.ts';

/** The chains of the table `nat` in what `iptables-save` prints; null when it is something else. Without that table there are none. */
export const iptablesChains = (printed: string): Chain[] | null => {
  const lines = printed.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.some((line) => !/^(\*\w+|:\S+ \S+ \[\d+:\d+\]|-A \S+.*|COMMIT)$/.test(line))) return null;
  const start = lines.indexOf('*nat');
  if (start < 0) return [];
  const end = lines.indexOf('COMMIT', start);
  if (end < 0) return null;
  const table = lines.slice(start + 1, end);
  const rules = table.filter((line) => line.startsWith('-A ')).map((line) => words(line).slice(1));
  return table.flatMap((line): Chain[] => {
    const [, name = '', policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (name === '') return [];
    const own = rules.flatMap(([chain, ...rest]) => (chain === name ? ruleIn(rest) : []));
    // Only the chains that the kernel calls have a policy.
    return [{ name, hook: policy === '-' ? null : name.toLowerCase(), rules: own }];
  });
};

/** Quoted as iptables-save quotes: a backslash before a quotation mark or a backslash. */
const words = (line: string): string[] =>
  [...line.matchAll(/"((?:\\.|[^"\\])*)"|\S+/g)].map(([all, quoted]) => quoted?.replace(/\\(.)/g, '$1') ?? all);

const negatable: Readonly<Record<string, Negatable>> = { '-s': 'source', '-d': 'destination', '-i': 'in', '-o': 'out' };
/** Their value could look like an option. */
const free: readonly string[] = ['--comment', '--string', '--log-prefix'];

/** A rule for each of several ports. Rules with targets that change no address, such as ACCEPT, are none of ours. */
const ruleIn = (options: readonly string[]): Rule[] => {
  const match: { -readonly [Field in keyof Match]?: string } = {};
  const given = new Map<string, string>();
  let ports: string[] = [];
  for (let at = 0; at < options.length; at++) {
    const option = options[at] ?? '';
    const value = options[at + 1] ?? '';
    const field = negatable[option];
    const not = options[at - 1] === '!';
    if (field) match[not ? (`not-${field}` as const) : field] = asNetwork(value);
    else if (option === '-p' && !not) match.protocol = value;
    else if (/^--dports?$/.test(option) && !not) ports = value.split(',').map((port) => port.replace(':', '-'));
    else given.set(option, value);
    if (field || free.includes(option)) at++;
  }
  const effect = effectOf(given);
  if (effect === null) return [];
  return ports.length === 0 ? [{ match, effect }] : ports.map((port) => ({ match: { ...match, port }, effect }));
};

const effectOf = (given: ReadonlyMap<string, string>): Effect | null => {
  const target = given.get('-j') ?? given.get('-g');
  switch (target) {
    case undefined:
    case 'ACCEPT':
    case 'RETURN':
      return null;
    case 'MASQUERADE':
      return { kind: 'masquerade', to: null, 'to-port': given.get('--to-ports') ?? null };
    case 'REDIRECT':
      return { kind: 'redirect', to: null, 'to-port': given.get('--to-ports') ?? null };
    case 'SNAT':
      return { kind: 'snat', ...endIn(given.get('--to-source') ?? '') };
    case 'DNAT':
      return { kind: 'dnat', ...endIn(given.get('--to-destination') ?? '') };
    default:
      return { jump: target };
  }
};

/** `10.1.0.2:80`, `10.1.0.2`, `:80`; each half may be a range. */
const endIn = (text: string): { to: string | null; 'to-port': string | null } => {
  const [address = '', port] = text.split(':');
  return { to: address === '' ? null : address, 'to-port': port ?? null };
};
