import { type Component, untrack } from 'svelte';
import type { SocketState } from '../components/Socket.svelte';

export type CommandGroup = 'terminals' | 'lab' | 'questions' | 'labs' | 'app';

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  readonly sign: { icon: Component } | { socket: SocketState } | null;
  /** Keys that do the same, or a word about its state. */
  readonly keys?: string;
  readonly note?: string;
  readonly run: () => void;
}

/** What can be done now: each page adds its own commands while it is shown. */
export class Commands {
  #sources = $state.raw<(() => Command[])[]>([]);
  readonly all = $derived(this.#sources.flatMap((source) => source()));

  /** Returns the function that takes them away again. */
  use(source: () => Command[]): () => void {
    // An effect that uses it must not run again because of it.
    this.#sources = [...untrack(() => this.#sources), source];
    return () => {
      this.#sources = this.#sources.filter((it) => it !== source);
    };
  }
}
