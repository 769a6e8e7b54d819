import { duplexPair } from 'node:stream';
import { Client } from '../contract/client.ts';
import { createEngine } from './engine.ts';
import { ContractServer } from './host/contractServer.ts';
import { NO_GRANTS } from './host/grants.ts';
import { streamTransport } from './host/streamTransport.ts';

/** For tests: the whole engine in this process, and clients that reach it as every shell does. */
export interface EngineInMemory {
  connect(): Client;
  close(): Promise<void>;
}

export const engineInMemory = async (stateDir: string): Promise<EngineInMemory> => {
  const engine = await createEngine({ stateDir });
  const server = new ContractServer(engine, () => undefined);
  return {
    connect() {
      const [near, far] = duplexPair();
      server.connect(streamTransport(far), NO_GRANTS);
      return new Client(streamTransport(near));
    },
    async close() {
      server.close();
      await engine.close();
    },
  };
};
