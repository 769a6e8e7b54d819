interface Cable {
  readonly a: { readonly node: string };
  readonly b: { readonly node: string };
}

/** For each cable the number of its network, from 0 in their order: a switch joins its cables, every other node keeps its own apart. */
export const segmentsOf = (links: readonly Cable[], isSwitch: (node: string) => boolean): number[] => {
  const numbers = new Map<number, number>();
  const reached = (from: number, segment: number): void => {
    if (numbers.has(from)) return;
    numbers.set(from, segment);
    const ends = [links[from]?.a.node ?? '', links[from]?.b.node ?? ''].filter(isSwitch);
    links.forEach(({ a, b }, index) => {
      if (ends.includes(a.node) || ends.includes(b.node)) reached(index, segment);
    });
  };
  let next = 0;
  links.forEach((_, index) => {
    if (!numbers.has(index)) reached(index, next++);
  });
  return links.map((_, index) => numbers.get(index) ?? 0);
};
