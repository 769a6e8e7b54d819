import { version } from '../../package.json';
import { stateDir } from '../../resources/setup/paths.mjs';
import { Client } from '../contract/client.ts';
import { startDetachedEngine } from '../engine/host/detachedEngine.ts';
import { NO_GRANTS } from '../engine/host/grants.ts';
import { joinEngine } from '../engine/host/join.ts';
import { Output } from './output.ts';
import { runCommandLine } from './program.ts';

const state = stateDir();
const startEngine = () => startDetachedEngine(state, __filename);
let joined: Promise<Client> | null = null;

// A reader that has had enough (`patchbay labs | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

runCommandLine(process.argv.slice(2), version, {
  output: new Output(process.stdout, process.stderr),
  stateDir: state,
  startEngine,
  engine: () => {
    joined ??= joinEngine(state, NO_GRANTS, startEngine).then((transport) => new Client(transport));
    return joined;
  },
}).then(
  (exit) => {
    process.exitCode = exit;
    // Nothing else holds the process when the engine's socket is shut.
    void joined?.then(
      (client) => client.close(),
      () => {},
    );
  },
  (bug: unknown) => {
    console.error(bug);
    process.exitCode = 3;
  },
);
