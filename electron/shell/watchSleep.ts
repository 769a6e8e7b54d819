import { powerMonitor } from 'electron';
import { Client } from '../contract/client.ts';
import { portTransport } from '../engine/host/portTransport.ts';
import type { EngineProcess } from './engineProcess.ts';
import { pauseInSleep } from './sleep.ts';

/** The laptop's sleep, told to the engine as any client would. */
export const watchSleep = (engine: EngineProcess): void =>
  pauseInSleep(powerMonitorOfSleep, () => new Client(portTransport(engine.newPort())));

const powerMonitorOfSleep = {
  // Electron declares each event by itself.
  on: (event: 'suspend' | 'resume', listener: () => void) =>
    event === 'suspend' ? powerMonitor.on('suspend', listener) : powerMonitor.on('resume', listener),
};
