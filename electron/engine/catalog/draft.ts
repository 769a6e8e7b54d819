import type { Path, Told } from './labSource.ts';
import type { LabFile } from './schema.ts';
import { valueAt } from './shapeMistakes.ts';

type Partly<T> = T extends readonly (infer Item)[]
  ? readonly (Partly<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

/** A lab as far as it can be understood: what the schema refused is `undefined`, defaults are not filled in. */
export type Draft = Partly<LabFile>;
/** Of a kind with cables, `hosts` or `docker`, as far as it can be understood. */
export type DraftHosts = Extract<NonNullable<Draft['environment']>, { readonly links?: unknown }>;
export type DraftQuestion = NonNullable<NonNullable<Draft['questions']>[number]>;

/** Takes out what the schema refused, so that the rules can judge all the rest in the same go. */
export const draftOf = (data: unknown, refused: readonly Told[]): Draft => {
  const draft: unknown = structuredClone(data);
  for (const { path } of refused) {
    // Of something of unknown kind only its id is known to be what it should be.
    if (path.at(-1) === 'kind') replace(draft, path.slice(0, -1), onlyId(valueAt(data, path.slice(0, -1))));
    else replace(draft, path, undefined);
  }
  const isLab = typeof draft === 'object' && draft !== null && !Array.isArray(draft);
  // The schema has seen everything that is left, and found it to have the shape of a part of a lab.
  return (isLab && !refused.some(({ path }) => path.length === 0) ? draft : {}) as Draft;
};

const onlyId = (value: unknown): unknown => {
  const id = valueAt(value, ['id']);
  return typeof id === 'string' ? { id } : undefined;
};

const replace = (data: unknown, path: Path, value: unknown): void => {
  const parent = valueAt(data, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof parent !== 'object' || parent === null || key === undefined) return;
  if (Object.hasOwn(parent, key)) Reflect.set(parent, key, value);
};
