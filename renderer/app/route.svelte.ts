export type Place = { page: 'catalog' } | { page: 'run'; run: string };

/** Where the page is, from the address: `#/` or `#/run/<id>`. */
export class Route {
  place = $state<Place>(placeOf(location.hash));

  listen(): () => void {
    const onChange = () => {
      this.place = placeOf(location.hash);
    };
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }

  toCatalog(): void {
    location.hash = '#/';
  }

  toRun(run: string): void {
    location.hash = runAddress(run);
  }
}

export const runAddress = (run: string): string => `#/run/${encodeURIComponent(run)}`;

export function placeOf(hash: string): Place {
  const run = /^#\/run\/([^/]+)$/.exec(hash)?.[1];
  return run ? { page: 'run', run: decodeURIComponent(run) } : { page: 'catalog' };
}
