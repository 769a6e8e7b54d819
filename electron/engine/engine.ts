import { LabError } from '../contract/error.ts';
import type { Engine } from './host/hosted.ts';

export interface EngineOptions {
  readonly stateDir: string;
}

/** Not wired yet: its parts are being built. */
export const createEngine = (_options: EngineOptions): Promise<Engine> =>
  Promise.reject(new LabError('internal', 'The engine is not put together yet.'));
