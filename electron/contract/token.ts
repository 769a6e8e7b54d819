import type { z } from 'zod';

/** Raised when a call or an event changes its shape. Each call carries it. */
export const CONTRACT_VERSION = 1;

/** A method of the contract: its name once, and the schemas of what goes in and comes out. */
export interface Call<Params extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly params: Params;
  readonly result: Result;
}

/** Something that the engine tells by itself. */
export interface Push<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
}

export const call = <P extends z.ZodType, R extends z.ZodType>(name: string, params: P, result: R): Call<P, R> => ({
  name,
  params,
  result,
});

export const push = <P extends z.ZodType>(name: string, payload: P): Push<P> => ({ name, payload });
