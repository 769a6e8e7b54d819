import { Kept } from '../app/kept.ts';
import { largest, smallest, usual } from './look.ts';

const isSize = (value: unknown): value is number => typeof value === 'number' && value >= smallest && value <= largest;

/** The size of terminal text in CSS pixels, from 10 to 24, kept between visits. */
export class FontSize {
  readonly #kept = new Kept('terminal.size', usual, isSize);
  now = $state(this.#kept.read());

  change(by: 1 | -1): void {
    // The usual size is a half: the first step goes to a whole number.
    const next = by > 0 ? Math.floor(this.now + 1) : Math.ceil(this.now - 1);
    this.now = Math.min(largest, Math.max(smallest, next));
    this.#kept.write(this.now);
  }
}

export const fontSize = new FontSize();
