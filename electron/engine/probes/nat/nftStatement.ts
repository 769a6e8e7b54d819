import { z } from 'zod';
import { asNetwork, type Kind, kinds, type Rule } from './chain.ts';

type Statement = Readonly<Record<string, unknown>>;
/** The elements of a named set or map: `@ports`. */
export type Elements = (reference: string) => readonly unknown[];

const Left = z.union([
  z.object({ payload: z.object({ protocol: z.string(), field: z.string() }) }),
  z.object({ meta: z.object({ key: z.string() }) }),
]);
const MatchStatement = z.object({ op: z.string(), left: Left, right: z.unknown() });

/** What a statement asks of a packet: several where a set is meant, one that asks nothing where it is of no interest here. */
export const alternativesOf = ({ match }: Statement, elements: Elements): Rule['match'][] => {
  const asked = MatchStatement.safeParse(match);
  if (!asked.success) return [{}];
  const { op, left, right } = asked.data;
  return narrowed(left, op === '!=', valuesOf(right, elements));
};

/** An effect for each entry of a map, with what the entry's key asks of a packet. */
export const effectsOf = (statement: Statement, elements: Elements): Rule[] => [
  ...kinds.flatMap((kind) => (kind in statement ? changesOf(kind, statement[kind], elements) : [])),
  ...calls(statement).map((jump) => ({ match: {}, effect: { jump } })),
  ...mapped(statement.vmap, elements).flatMap(({ match, value }) =>
    calls(value).map((jump) => ({ match, effect: { jump } })),
  ),
  ...foreign(statement),
];

const Call = z.object({ target: z.string() });
const Verdict = z.looseObject({ jump: Call.optional(), goto: Call.optional() });
const calls = (value: unknown): string[] => {
  const verdict = Verdict.safeParse(value);
  return verdict.success ? [verdict.data.jump, verdict.data.goto].flatMap((call) => call?.target ?? []) : [];
};

const Change = z.object({ addr: z.unknown().optional(), port: z.unknown().optional() }).nullable();
const Concat = z.object({ concat: z.tuple([z.string(), z.union([z.string(), z.number()])]) });

/** `{"addr": "10.1.0.2", "port": 80}`, or null; either may be a map, and a map of addresses may hold ports too. */
const changesOf = (kind: Kind, value: unknown, elements: Elements): Rule[] => {
  const { addr, port } = Change.safeParse(value).data ?? {};
  const first = (it: unknown) => valuesOf(it, elements)[0] ?? null;
  const plain = { kind, to: first(addr), 'to-port': first(port) };
  const ofAddresses = mapIn(addr);
  const entries = mapped(ofAddresses ?? mapIn(port), elements);
  if (entries.length === 0) return [{ match: {}, effect: plain }];
  return entries.map(({ match, value }) => {
    const both = Concat.safeParse(value).data?.concat;
    if (both) return { match, effect: { kind, to: both[0], 'to-port': String(both[1]) } };
    return { match, effect: { ...plain, [ofAddresses ? 'to' : 'to-port']: first(value) } };
  });
};

const mapIn = (value: unknown): unknown => z.object({ map: z.unknown() }).safeParse(value).data?.map;
const MapOf = z.object({ key: Left, data: z.union([z.string(), z.object({ set: z.array(z.unknown()) })]) });

const mapped = (map: unknown, elements: Elements): { match: Rule['match']; value: unknown }[] => {
  const parsed = MapOf.safeParse(map);
  if (!parsed.success) return [];
  const { key, data } = parsed.data;
  return (typeof data === 'string' ? elements(data) : data.set).flatMap((entry) => {
    const pair = z.tuple([z.unknown(), z.unknown()]).safeParse(entry);
    if (!pair.success) return [];
    const [from, value] = pair.data;
    return narrowed(key, false, valuesOf(from, elements)).map((match) => ({ match, value }));
  });
};

const XtTarget = z.object({ xt: z.object({ type: z.literal('target'), name: z.string() }) });
/** A target of iptables that nft cannot tell more of than its name. */
const foreign = (statement: Statement): Rule[] => {
  const name = XtTarget.safeParse(statement).data?.xt.name.toLowerCase();
  const kind = kinds.find((each) => each === name);
  return kind ? [{ match: {}, effect: { kind, to: null, 'to-port': null } }] : [];
};

const narrowed = (left: z.output<typeof Left>, not: boolean, values: readonly string[]): Rule['match'][] => {
  const field = fieldOf(left);
  if (field === null) return [{}];
  if (not && (field === 'protocol' || field === 'port')) return [{}];
  const protocol =
    'payload' in left && field === 'port' && left.payload.protocol !== 'th' ? { protocol: left.payload.protocol } : {};
  return values.map((value) => ({ ...protocol, [not ? `not-${field}` : field]: asNetwork(value) }));
};

const fieldOf = (left: z.output<typeof Left>): 'source' | 'destination' | 'in' | 'out' | 'protocol' | 'port' | null => {
  if ('meta' in left)
    switch (left.meta.key) {
      case 'iif':
      case 'iifname':
        return 'in';
      case 'oif':
      case 'oifname':
        return 'out';
      case 'l4proto':
        return 'protocol';
      default:
        return null;
    }
  const { protocol, field } = left.payload;
  if (protocol === 'ip')
    return ({ saddr: 'source', daddr: 'destination', protocol: 'protocol' } as const)[field] ?? null;
  return field === 'dport' ? 'port' : null;
};

const OneValue = z.union([
  z.string(),
  z.number(),
  z.object({ prefix: z.object({ addr: z.string(), len: z.int() }) }),
  z.object({ range: z.tuple([z.unknown(), z.unknown()]) }),
]);
const ManyValues = z.object({ set: z.array(z.unknown()) });
const Wrapped = z.object({ elem: z.object({ val: z.unknown() }) });

/** `"lo"`, `80`, `{"prefix": ...}`, `{"range": [85, 89]}`, `{"set": [...]}`, `"@ports"`; an element may be wrapped. */
const valuesOf = (value: unknown, elements: Elements): string[] => {
  const wrapped = Wrapped.safeParse(value);
  if (wrapped.success) return valuesOf(wrapped.data.elem.val, elements);
  const many = ManyValues.safeParse(value);
  if (many.success) return many.data.set.flatMap((each) => valuesOf(each, elements));
  const one = OneValue.safeParse(value);
  if (!one.success) return [];
  if (typeof one.data !== 'object') {
    const text = String(one.data);
    return text.startsWith('@') ? elements(text).flatMap((each) => valuesOf(each, elements)) : [text];
  }
  if ('prefix' in one.data) return [`${one.data.prefix.addr}/${one.data.prefix.len}`];
  return [one.data.range.map(String).join('-')];
};
