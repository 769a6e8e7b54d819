import type { Scalar } from '../probe.ts';

/** What a packet must be like. Null: it does not matter. */
export type Match = Readonly<Record<Matched | `not-${Negatable}`, string | null>>;
export type Negatable = 'source' | 'destination' | 'in' | 'out';
export type Matched = Negatable | 'protocol' | 'port';

export const anything: Match = {
  source: null,
  destination: null,
  in: null,
  out: null,
  protocol: null,
  port: null,
  'not-source': null,
  'not-destination': null,
  'not-in': null,
  'not-out': null,
};

export const kinds = ['masquerade', 'snat', 'dnat', 'redirect'] as const;
export type Kind = (typeof kinds)[number];

/** What happens to the packets of a rule: their address is changed, or another chain sees them. */
export type Effect =
  | { readonly kind: Kind; readonly to: string | null; readonly 'to-port': string | null }
  | { readonly jump: string };

export interface Rule {
  readonly match: Partial<Match>;
  readonly effect: Effect;
}

/** `hook`: where the kernel itself calls it; null for a chain that only other chains call. */
export interface Chain {
  readonly name: string;
  readonly hook: string | null;
  readonly rules: readonly Rule[];
}

/** Rules that change addresses and that a packet can come to, with all that it has to be like on the way there. A chain that nobody calls does nothing. */
export const inEffect = (chains: readonly Chain[]): Record<string, Scalar>[] => {
  const byName = new Map(chains.map((chain) => [chain.name, chain]));
  const walk = (chain: Chain, hook: string, already: Match, path: readonly string[]): Record<string, Scalar>[] =>
    chain.rules.flatMap(({ match, effect }) => {
      const both = { ...already, ...match };
      if ('kind' in effect) return [{ ...effect, hook, chain: chain.name, ...both }];
      const next = byName.get(effect.jump);
      return next && !path.includes(next.name) ? walk(next, hook, both, [...path, next.name]) : [];
    });
  return chains.flatMap((chain) => (chain.hook === null ? [] : walk(chain, chain.hook, anything, [chain.name])));
};

/** A single address as the network that holds it alone. */
export const asNetwork = (address: string): string => (/^\d+(\.\d+){3}$/.test(address) ? `${address}/32` : address);
