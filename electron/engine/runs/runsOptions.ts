import type { Lab } from '../catalog/lab.ts';
import type { RunEvents } from './run.ts';
import type { Site } from './site.ts';

/** What all runs of a state directory need of the engine around them. */
export interface RunsOptions {
  readonly stateDir: string;
  readonly appVersion: string;
  /** Rejects with `not-found` or `lab-invalid`. */
  lab(id: string): Promise<Lab>;
  /** Hash of what stands in a lab's folder now; null when it has mistakes or is gone. */
  currentLab(folder: string): string | null;
  /** Resolves when Docker, images and helper are ready; rejects with the reason. */
  site(): Promise<Site>;
  /** Rejects with the reason, and with numbers where it is room that is missing, when the machine cannot carry such an environment. */
  fits(environment: Lab['environment']): Promise<void>;
  /** For a run that may have any. */
  seedFor(lab: Lab): Promise<number>;
  readonly events: RunEvents & { removed(id: string): void };
}
