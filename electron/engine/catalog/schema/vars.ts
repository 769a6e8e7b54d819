import { z } from 'zod';
import { Value, VariableName } from './words.ts';

const prefixLength = z.int().min(8).max(30);

/** An IPv4 network somewhere in `of`; `prefix` is a number or the name of a `prefix` variable; `not`: networks it may not overlap. */
export const SubnetVar = z.strictObject({
  of: z.cidrv4(),
  prefix: z.union([prefixLength, VariableName]),
  not: z.union([VariableName, z.array(VariableName)]).optional(),
});
export type SubnetVar = z.infer<typeof SubnetVar>;

const PrefixVar = z.strictObject({ from: prefixLength, to: prefixLength });
const NumberVar = z.strictObject({ from: z.int(), to: z.int() });
const PickVar = z.array(Value).min(2).max(200);

/** A variable whose value follows from the run's seed: `mac`, or one of subnet, prefix, pick and number. */
export const Variable = z.union([
  z.literal('mac'),
  z.strictObject({
    subnet: SubnetVar.optional(),
    prefix: PrefixVar.optional(),
    pick: PickVar.optional(),
    number: NumberVar.optional(),
  }),
]);
export type Variable = z.infer<typeof Variable>;

export const Vars = z.record(VariableName, Variable);
export type Vars = z.infer<typeof Vars>;
