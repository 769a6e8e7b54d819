import { z } from 'zod';
import type { Chain, Rule } from './chain.ts';
import { alternativesOf, type Elements, effectsOf } from './nftStatement.ts';

const place = { family: z.string(), table: z.string() };
const Named = z.object({ ...place, name: z.string(), elem: z.array(z.unknown()).default([]) });
const Entry = z.looseObject({
  chain: z.object({ ...place, name: z.string(), hook: z.string().optional() }).optional(),
  rule: z.object({ ...place, chain: z.string(), expr: z.array(z.record(z.string(), z.unknown())) }).optional(),
  set: Named.optional(),
  map: Named.optional(),
});
type RuleEntry = NonNullable<z.output<typeof Entry>['rule']>;
/** Without any rule nft still says of which version its words are. */
const Ruleset = z.object({ nftables: z.tuple([z.object({ metainfo: z.looseObject({}) })], Entry) });

export interface NftTable {
  readonly family: string;
  readonly name: string;
  readonly chains: readonly Chain[];
}

/** Every table in what `nft -j list ruleset` prints (man libnftables-json); null when it is something else. */
export const nftTables = (printed: string): NftTable[] | null => {
  const parsed = Ruleset.safeParse(fromJson(printed));
  if (!parsed.success) return null;
  const [, ...entries] = parsed.data.nftables;
  const all = <Found>(pick: (entry: z.output<typeof Entry>) => Found | undefined): Found[] =>
    entries.flatMap((entry) => pick(entry) ?? []);
  const chains = all((entry) => entry.chain);
  const rules = all((entry) => entry.rule);
  const named = all((entry) => entry.set ?? entry.map);
  const keys = new Map(chains.map(({ family, table }) => [`${family} ${table}`, { family, table }]));
  return [...keys.values()].map(({ family, table }) => {
    const mine = (it: { family: string; table: string }) => it.family === family && it.table === table;
    const elements: Elements = (reference) => named.find((it) => mine(it) && `@${it.name}` === reference)?.elem ?? [];
    const own = rules.filter(mine);
    return {
      family,
      name: table,
      chains: chains.filter(mine).map(({ name, hook }) => ({
        name,
        hook: hook ?? null,
        rules: own.filter(({ chain }) => chain === name).flatMap(({ expr }) => rulesIn(expr, elements)),
      })),
    };
  });
};

/** One rule for each combination of what its sets and maps hold: `tcp dport { 81, 82 }` is two. */
const rulesIn = (expr: RuleEntry['expr'], elements: Elements): Rule[] =>
  expr.reduce<{ matches: Rule['match'][]; rules: Rule[] }>(
    ({ matches, rules }, statement) => ({
      matches: matches.flatMap((match) => alternativesOf(statement, elements).map((more) => ({ ...match, ...more }))),
      rules: [
        ...rules,
        ...effectsOf(statement, elements).flatMap(({ match: more, effect }) =>
          matches.map((match) => ({ match: { ...match, ...more }, effect })),
        ),
      ],
    }),
    { matches: [{}], rules: [] },
  ).rules;

const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
