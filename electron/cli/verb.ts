import { z } from 'zod';
import type { Client } from '../contract/client.ts';
import type { StartedEngine } from '../engine/host/join.ts';
import type { Exit } from './exitCode.ts';
import type { Output } from './output.ts';

/** What a verb works with. */
export interface Context {
  readonly output: Output;
  readonly stateDir: string;
  /** The running engine, started where none runs; the same client each time. */
  engine(): Promise<Client>;
  /** Starts an engine process, for who joins it by other means. */
  startEngine(): StartedEngine;
}

/** One line of `--help`: how it is written and what it says. */
export type Described = readonly [syntax: string, says: string];

export interface Verb {
  readonly name: string;
  readonly says: string;
  readonly hidden: boolean;
  readonly args: readonly Described[];
  readonly flags: readonly Described[];
  readonly examples: readonly Described[];
  run(context: Context, args: readonly unknown[], flags: unknown): Promise<Exit>;
}

interface VerbDeclaration<Args extends z.ZodType, Flags extends z.ZodType> extends Omit<Verb, 'run' | 'hidden'> {
  readonly hidden?: boolean;
  /** Commander's arguments in order, as a tuple. */
  readonly argsSchema: Args;
  readonly flagsSchema: Flags;
  run(context: Context, args: z.output<Args>, flags: z.output<Flags>): Promise<Exit>;
}

/** A verb whose `run` gets its arguments and flags parsed. A mistake in them is a ZodError, told as bad input. */
export const verb = <Args extends z.ZodType, Flags extends z.ZodType>(it: VerbDeclaration<Args, Flags>): Verb => ({
  ...it,
  hidden: it.hidden ?? false,
  run: (context, args, flags) => it.run(context, it.argsSchema.parse(args), it.flagsSchema.parse(flags)),
});

export const jsonFlag: Described = ['--json', 'for programs: JSON on standard output'];
export const withJson = { json: z.boolean().default(false) };
