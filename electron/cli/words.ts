import { resolve, sep } from 'node:path';
import { z } from 'zod';

const digits = /^\d{1,10}$/;

/** A seed as it is typed: a decimal uint32. */
export const SeedWord = z
  .string()
  .regex(digits, 'a seed is a whole number from 0 to 4294967295')
  .transform(Number)
  .refine((seed) => seed <= 0xffff_ffff, 'a seed is a whole number from 0 to 4294967295');

/** `1,2,3` */
export const SeedsWord = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(SeedWord).min(1).max(1000));

/** The number of a question, from 1. */
export const NumberWord = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'the number of a question is a whole number from 1')
  .transform(Number);

export const PortWord = z
  .string()
  .regex(/^\d{1,5}$/, 'a port is a whole number from 1 to 65535')
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, 'a port is a whole number from 1 to 65535');

/** A folder as it is typed, made absolute here: the engine has another working directory. */
export const FolderWord = z
  .string()
  .min(1)
  .transform((word) => resolve(word));

/** A lab's id, or a path to its folder, which the engine must not read from its own working directory. */
export const LabWord = z
  .string()
  .min(1)
  .transform((word) => (word.includes('/') || word.includes(sep) || word === '.' ? resolve(word) : word));
