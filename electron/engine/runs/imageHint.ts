import type { MissingImage } from '../../contract/models/run.ts';
import { appImages } from '../docker/images/appImages.ts';
import { isAppImage } from '../docker/images/isAppImage.ts';
import { followMissingImages } from '../environments/missingImages.ts';
import type { LiveEnvironment } from '../environments/provider.ts';

/** Which images pods of the live cluster wait for in vain, with what is there instead. Empty where there is no cluster. */
export class ImageHint {
  readonly #changed: () => void;
  #missing: readonly MissingImage[] = [];
  #following = new AbortController();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get missing(): readonly MissingImage[] {
    return this.#missing;
  }

  /** Another environment, or (null) none: what was said of the one before is forgotten. */
  follow(environment: LiveEnvironment | null): void {
    this.#following.abort();
    this.#following = new AbortController();
    this.#missing = [];
    const kube = environment?.kube;
    if (!kube) return;
    const available = appImages().map(({ name, tags }) => ({ name, tags: [...tags] }));
    followMissingImages(
      { kube, onChange: (listener) => environment.onChange(listener) },
      (image) => isAppImage(available, image),
      (missing) => {
        this.#missing = missing.map(({ image, pods }) => ({ image, pods: [...pods], available }));
        this.#changed();
      },
      this.#following.signal,
    );
  }
}
