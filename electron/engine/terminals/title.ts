/** `node`, `node 2`, `node 3`: the first that is free. */
export const numberedTitle = (node: string, taken: readonly string[]): string => {
  for (let number = 1; ; number++) {
    const title = number === 1 ? node : `${node} ${number}`;
    if (!taken.includes(title)) return title;
  }
};
