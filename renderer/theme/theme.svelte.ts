import { Kept } from '../app/kept.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';
const order: ThemeChoice[] = ['system', 'light', 'dark'];
const isChoice = (value: unknown): value is ThemeChoice => order.some((it) => it === value);

/** Light, dark, or as the system has it; kept between visits. */
export class Theme {
  readonly #kept = new Kept<ThemeChoice>('theme', 'system', isChoice);
  readonly #query = window.matchMedia?.('(prefers-color-scheme: dark)');
  choice = $state<ThemeChoice>(this.#kept.read());
  #systemDark = $state(this.#query?.matches ?? false);
  readonly shown = $derived<'light' | 'dark'>(
    this.choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.choice,
  );

  constructor() {
    this.#query?.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#apply();
    });
    this.#apply();
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    this.#kept.write(choice);
    this.#apply();
  }

  /** System, light, dark and round again. */
  next(): void {
    this.choose(order[(order.indexOf(this.choice) + 1) % order.length] ?? 'system');
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.shown;
  }
}
