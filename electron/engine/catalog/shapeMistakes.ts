import { z } from 'zod';
import type { Path, Told } from './labSource.ts';

type Issue = z.core.$ZodIssue;

/** What the schema says against the data, in our words, with the paths that must not be trusted any more. */
export const shapeMistakes = (schema: z.ZodType, data: unknown): Told[] => {
  const read = schema.safeParse(data);
  return read.success ? [] : read.error.issues.flatMap((issue) => told(schema, data, issue, []));
};

const told = (schema: z.ZodType, data: unknown, issue: Issue, above: Path): Told[] => {
  const path: Path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const value = valueAt(data, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, data, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        spot: { on: 'key' },
        message: `\`${key}\` is not known here${known.length > 0 ? `; known are ${list(known)}` : ''}${commaHint(key)}`,
        word: key,
        known,
      }));
    }
    case 'invalid_key':
      return [{ path, spot: { on: 'key' }, message: issue.issues.map((it) => it.message).join('; ') }];
    case 'invalid_union':
      return union(schema, data, issue, path);
    case 'invalid_value':
      return [oneOf(path, value, issue.values.map(String))];
    case 'invalid_type':
      if (value === undefined) return [missing(path)];
      return [{ path, message: `\`${String(path.at(-1) ?? 'the file')}\` must be ${article(issue.expected)}` }];
    default:
      return [{ path, message: issue.message }];
  }
};

/** `{ text: yes, but no }` is two keys in YAML. */
const commaHint = (key: string): string =>
  key.includes(' ') ? ' (between `{ }` a comma ends a text, unless the text is in quotes)' : '';

const union = (
  schema: z.ZodType,
  data: unknown,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
): Told[] => {
  if (issue.discriminator !== undefined) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    return [oneOf(path, valueAt(data, path), options)];
  }
  if (valueAt(data, path) === undefined) return [missing(path)];
  // The branch that came furthest is the one that was meant.
  const meant = issue.errors.find((branch) =>
    branch.some((it) => it.path.length > 0 || it.code === 'unrecognized_keys'),
  );
  if (meant) return meant.flatMap((it) => told(schema, data, it, path));
  const wanted = issue.errors.flatMap((branch) =>
    branch.map((it) =>
      it.code === 'invalid_type'
        ? article(it.expected)
        : it.code === 'invalid_value'
          ? list(it.values.map(String))
          : it.message,
    ),
  );
  return [{ path, message: `\`${String(path.at(-1))}\` must be ${[...new Set(wanted)].join(' or ')}` }];
};

const oneOf = (path: Path, value: unknown, known: readonly string[]): Told =>
  value === undefined
    ? missing(path)
    : {
        path,
        message: `\`${String(value)}\` is not known as \`${String(path.at(-1))}\`; it is ${known.length === 1 ? 'always' : 'one of'} ${list(known)}`,
        word: String(value),
        known,
      };

const missing = (path: Path): Told => ({ path, message: `\`${String(path.at(-1))}\` is missing` });

const list = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

const articles: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two',
  object: 'a group of keys',
  record: 'a group of keys',
};

const article = (type: string): string => articles[type] ?? type;

export const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined,
    data,
  );

/** The keys that the schema knows at a path; of a union of kinds those of the kind that the data names. */
const keysAt = (schema: z.core.$ZodType, data: unknown, path: Path): string[] => {
  const inner = unwrapped(schema, data);
  const [step, ...rest] = path;
  if (inner instanceof z.ZodObject) {
    if (step === undefined) return Object.keys(inner.shape);
    const next: unknown = inner.shape[step];
    return next instanceof z.core.$ZodType ? keysAt(next, valueAt(data, [step]), rest) : [];
  }
  if (step === undefined) return [];
  if (inner instanceof z.ZodArray) return keysAt(inner.element, valueAt(data, [step]), rest);
  if (inner instanceof z.ZodRecord) return keysAt(inner.valueType, valueAt(data, [step]), rest);
  return [];
};

const unwrapped = (schema: z.core.$ZodType, data: unknown): z.core.$ZodType => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.def.innerType, data);
  if (schema instanceof z.ZodUnion) {
    const objects = schema.options.map((option) => unwrapped(option, data));
    const fits = objects.find(
      (it) =>
        it instanceof z.ZodObject &&
        it.shape.kind instanceof z.ZodLiteral &&
        it.shape.kind.value === valueAt(data, ['kind']),
    );
    return (
      fits ??
      objects.find((it) => (Array.isArray(data) ? it instanceof z.ZodArray : it instanceof z.ZodObject)) ??
      schema
    );
  }
  return schema;
};
