import { docker } from '../../electron/contract/calls.ts';
import type { EngineStatus } from '../../electron/contract/models/status.ts';
import { statusChanged } from '../../electron/contract/pushes.ts';
import type { Session } from '../connection/session.svelte.ts';

/** How the engine, Docker and the images are. Null until the first answer. */
export class StatusState {
  readonly #session: Session;
  now = $state.raw<EngineStatus | null>(null);
  /** When `now` arrived, in milliseconds: running steps count on from there. */
  at = $state(Date.now());

  constructor(session: Session) {
    this.#session = session;
    session.on(statusChanged, (status) => this.#take(status));
    session.onConnected((client) => {
      client.call(docker.status, {}).then(
        (status) => this.#take(status),
        () => {}, // Lost again: the next connection asks anew.
      );
    });
  }

  /** Looks for Docker again and gets the images; the steps arrive by themselves. */
  async prepare(): Promise<void> {
    this.#take(await this.#session.call(docker.prepare, {}));
  }

  #take(status: EngineStatus): void {
    this.now = status;
    this.at = Date.now();
  }
}
