/** The same value with `fill` done to every string in it; keys stay as they are. */
export const fillDeep = <T>(value: T, fill: (text: string) => string): T => {
  // The cast keeps T: strings become strings, lists lists and objects objects with the same keys.
  const mapped: unknown =
    typeof value === 'string'
      ? fill(value)
      : Array.isArray(value)
        ? value.map((item) => fillDeep(item, fill))
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillDeep(item, fill)]))
          : value;
  return mapped as T;
};
