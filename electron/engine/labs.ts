import { LabError } from '../contract/error.ts';
import type { Mistake } from '../contract/models/lab.ts';
import type { Catalog } from './catalog/catalog.ts';
import { kernelNeeds } from './catalog/kernelNeeds.ts';
import type { Lab, LoadedLab } from './catalog/lab.ts';
import { nearestWord } from './catalog/nearestWord.ts';

/** The catalog's labs, with an error for whoever asks for one that is not there or has mistakes. */
export class Labs {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  list(): LoadedLab[] {
    return this.#catalog.list();
  }

  /** Rejects with `not-found` or `lab-invalid`; `name` is an id or a folder's path. */
  get(name: string): Lab {
    const loaded = this.load(name);
    if (loaded.state === 'ok') return loaded.lab;
    const [first] = loaded.mistakes;
    throw new LabError(
      'lab-invalid',
      `The lab ${loaded.id} has ${loaded.mistakes.length} mistakes${first ? `, the first in ${first.file}:${first.line}: ${first.message}` : ''}.`,
      {
        hint: `\`patchbay lint ${name}\` lists them all.`,
        data: { mistakes: loaded.mistakes },
      },
    );
  }

  /** Of what stands in a lab's folder now; null when it has mistakes or is gone. */
  hash(folder: string): string | null {
    const loaded = this.#catalog.at(folder);
    return loaded?.state === 'ok' ? loaded.lab.hash : null;
  }

  /** All folders in which a file can change the catalog. */
  places(): string[] {
    return this.#catalog.places();
  }

  mistakes(name: string): Mistake[] {
    const loaded = this.load(name);
    return loaded.state === 'ok' ? [] : loaded.mistakes;
  }

  /** Kernel features that any lab needs. */
  features(): string[] {
    return this.list().flatMap((loaded) => (loaded.state === 'ok' ? kernelNeeds(loaded.lab) : []));
  }

  /** Of the clusters that labs need: how many nodes each has. */
  get clusterSizes(): number[] {
    return this.list().flatMap((loaded) =>
      loaded.state === 'ok' && loaded.lab.environment.kind === 'kubernetes'
        ? [loaded.lab.environment.nodes.length]
        : [],
    );
  }

  /** Whether any lab has a node with a Docker Engine of its own. */
  get needDocker(): boolean {
    return this.list().some((loaded) => loaded.state === 'ok' && loaded.lab.environment.kind === 'docker');
  }

  load(name: string): LoadedLab {
    const loaded = this.#catalog.find(name);
    if (loaded) return loaded;
    const ids = this.#catalog.ids();
    const nearest = nearestWord(name, ids);
    throw new LabError('not-found', `There is no lab ${name.slice(0, 200)}.`, {
      hint: nearest ? `Did you mean ${nearest}? \`patchbay labs\` lists them.` : `There are: ${ids.join(', ')}.`,
    });
  }
}
