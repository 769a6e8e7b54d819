import type { LoadedLab } from './lab.ts';

/** Labs behind those that they say come first, else in the given order. A lab that is not there, or a circle, holds nothing up. */
export const chapterOrder = (labs: readonly LoadedLab[]): LoadedLab[] => {
  const byId = new Map(labs.flatMap((loaded) => (loaded.state === 'ok' ? [[loaded.lab.id, loaded] as const] : [])));
  const ordered = new Set<LoadedLab>();
  const visit = (loaded: LoadedLab, path: readonly LoadedLab[]): void => {
    if (ordered.has(loaded) || path.includes(loaded)) return;
    const before = loaded.state === 'ok' ? loaded.lab.after : [];
    for (const id of before) {
      const earlier = byId.get(id);
      if (earlier) visit(earlier, [...path, loaded]);
    }
    ordered.add(loaded);
  };
  for (const loaded of labs) visit(loaded, []);
  return [...ordered];
};
