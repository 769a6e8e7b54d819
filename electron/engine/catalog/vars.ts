import { drawMac, isMac } from './mac.ts';
import { type Draw, drawFor } from './random.ts';
import type { SubnetVar, Variable, Vars } from './schema.ts';
import { formatSubnet, overlap, parseSubnet, type Subnet, sizeOf } from './subnet.ts';
import type { Bindings, Bound } from './template.ts';

export interface Drawn {
  readonly bindings: Bindings;
  /** As plain strings, for the journal. */
  readonly actual: Record<string, string>;
}

/** A variable that no value can be drawn for; the loader tells it with its line. */
export class VariableError extends Error {
  constructor(
    message: string,
    readonly variable: string,
  ) {
    super(message);
  }
}

/** Values for all variables, in the file's order: what is recorded and still fits, and the rest from the seed. */
export const drawVars = (vars: Vars, seed: number, lab: string, recorded: Readonly<Record<string, string>>): Drawn => {
  const bindings = new Map<string, Bound>();
  const actual: Record<string, string> = {};
  const macs = new Set<string>();
  for (const [name, variable] of Object.entries(vars)) {
    const kept = recorded[name];
    const text =
      kept !== undefined && fits(variable, kept)
        ? kept
        : draw(name, variable, drawFor(seed, lab, name), bindings, macs);
    const subnet = variable !== 'mac' && variable.subnet ? parseSubnet(text) : null;
    bindings.set(name, subnet ? { kind: 'subnet', subnet } : { kind: 'plain', text });
    actual[name] = text;
    if (variable === 'mac') macs.add(text);
  }
  return { bindings, actual };
};

const fits = (variable: Variable, text: string): boolean => {
  if (variable === 'mac') return isMac(text);
  return variable.subnet ? parseSubnet(text) !== null : true;
};

const draw = (name: string, variable: Variable, from: Draw, bindings: Bindings, macs: ReadonlySet<string>): string => {
  if (variable === 'mac') return drawMac(from, macs);
  if (variable.subnet) return formatSubnet(drawSubnet(name, variable.subnet, from, bindings));
  if (variable.pick) return String(variable.pick[from.below(variable.pick.length)]);
  const range = variable.prefix ?? variable.number;
  if (!range || range.to < range.from) throw new VariableError(`\`${name}\` has no value to draw`, name);
  return String(range.from + from.below(range.to - range.from + 1));
};

/** How often a place is drawn by chance before the places are tried one after the other. */
const TRIES = 64;

const drawSubnet = (name: string, spec: SubnetVar, from: Draw, bindings: Bindings): Subnet => {
  const outer = parseSubnet(spec.of);
  if (!outer) throw new VariableError(`\`of: ${spec.of}\` is no network: its host bits are not zero`, name);
  const prefix = prefixOf(name, spec, bindings);
  if (prefix < outer.prefix) throw new VariableError(`a /${prefix} network cannot fit in ${spec.of}`, name);
  const taken = [spec.not ?? []].flat().map((other) => subnetNamed(name, other, bindings));
  const places = sizeOf(outer.prefix) / sizeOf(prefix);
  const at = (place: number): Subnet => ({ base: outer.base + place * sizeOf(prefix), prefix });
  const free = (place: number) => !taken.some((other) => overlap(other, at(place)));
  let place = from.below(places);
  for (let tries = 1; tries < TRIES && !free(place); tries++) place = from.below(places);
  for (let step = 0; step < places; step++) {
    const candidate = (place + step) % places;
    if (free(candidate)) return at(candidate);
  }
  throw new VariableError(`a /${prefix} network cannot fit in ${spec.of} beside ${[spec.not].flat().join(', ')}`, name);
};

const prefixOf = (name: string, spec: SubnetVar, bindings: Bindings): number => {
  if (typeof spec.prefix === 'number') return spec.prefix;
  const bound = bindings.get(spec.prefix);
  if (bound?.kind !== 'plain' || !/^\d+$/.test(bound.text) || Number(bound.text) > 30)
    throw new VariableError(`\`prefix: ${spec.prefix}\` names no prefix variable that stands above \`${name}\``, name);
  return Number(bound.text);
};

const subnetNamed = (name: string, other: string, bindings: Bindings): Subnet => {
  const bound = bindings.get(other);
  if (bound?.kind === 'subnet') return bound.subnet;
  throw new VariableError(`\`not: ${other}\` names no subnet that stands above \`${name}\``, name);
};
