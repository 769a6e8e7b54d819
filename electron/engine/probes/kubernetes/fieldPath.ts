import type { Scalar } from '../probe.ts';

/** One step into an object: a key, an index, every entry, or the entries whose key has that value. */
type Into =
  | { readonly by: 'key'; readonly key: string }
  | { readonly by: 'index'; readonly index: number }
  | { readonly by: 'every' }
  | { readonly by: 'where'; readonly key: string; readonly value: string };

const step = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[(\*)\]|\["([^"]+)"\]|\[([\w.-]+)=([^\]]*)\]/y;

/** `status.addresses[type=InternalIP].address`, `spec.containers[*].image`, `metadata.labels["app.kubernetes.io/name"]`; null when it is no path. */
export const parsePath = (path: string): readonly Into[] | null => {
  const steps: Into[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < path.length) {
    const [, key, index, every, quoted, where, value] = step.exec(path) ?? [];
    if (key ?? quoted) steps.push({ by: 'key', key: key ?? quoted ?? '' });
    else if (index) steps.push({ by: 'index', index: Number(index) });
    else if (every) steps.push({ by: 'every' });
    else if (where) steps.push({ by: 'where', key: where, value: value ?? '' });
    else return null;
  }
  return steps.length > 0 ? steps : null;
};

/** All values that a path leads to. A list at its end gives its entries; an object is no value. */
export const valuesAt = (object: unknown, path: string): Scalar[] =>
  (parsePath(path) ?? [])
    .reduce<unknown[]>((found, into) => found.flatMap((each) => enter(each, into)), [object])
    .flat()
    .flatMap(scalar);

const enter = (value: unknown, into: Into): unknown[] => {
  switch (into.by) {
    case 'key':
      return isRecord(value) && Object.hasOwn(value, into.key) ? [value[into.key]] : [];
    case 'index':
      return Array.isArray(value) && into.index < value.length ? [value[into.index]] : [];
    case 'every':
      return Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
    case 'where':
      return (Array.isArray(value) ? value : []).filter(
        (each) => isRecord(each) && String(each[into.key]) === into.value,
      );
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const scalar = (value: unknown): Scalar[] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];
