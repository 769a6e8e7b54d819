import { z } from 'zod';

export const Markdown = z.string().min(1);

/** Markdown that in lab.yaml may also be `{ file: about.md }`: the loader reads the file in before this schema sees it. */
export const MarkdownOrFile = z.string().min(1).meta({ format: 'markdown-or-file' });

/** A value that may hold templates such as `${left[10]}`. */
export const Value = z.union([z.string(), z.number(), z.boolean()]);
export type Value = z.infer<typeof Value>;

/** Ids of questions and checks: what a learner types on the command line. */
export const Id = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    'an id is lower-case letters, digits and hyphens, at most 40, and begins with a letter',
  );

/** Names of variables. */
export const VariableName = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9_]{0,39}$/,
    'the name of a variable is letters, digits and underscores, and begins with a small letter',
  );

/** Names of nodes; they become host names. */
export const NodeName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}$/,
    'the name of a node is lower-case letters, digits and hyphens, at most 31, and begins with a letter',
  );

/** Names of interfaces; Linux allows 15 characters. */
export const InterfaceName = z
  .string()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/,
    'the name of an interface is at most 15 letters, digits, `.`, `_`, `-`, and begins with a letter',
  );
