type Listener = (frame: Uint8Array) => void;

/** Who takes a transport's frames. Those that come before anybody does are kept for the first one. */
export class FrameListeners {
  readonly #listeners = new Set<Listener>();
  #early: Uint8Array[] = [];

  add(listener: Listener): void {
    this.#listeners.add(listener);
    const waiting = this.#early;
    this.#early = [];
    for (const frame of waiting) listener(frame);
  }

  deliver(frame: Uint8Array): void {
    if (this.#listeners.size === 0) this.#early.push(frame);
    for (const listener of this.#listeners) listener(frame);
  }
}
