import { join } from 'node:path';
import { z } from 'zod';
import { joinEngine } from '../../engine/host/join.ts';
import { productRoot } from '../../engine/root.ts';
import { EngineLine } from '../../serve/engineLine.ts';
import { startPageServer } from '../../serve/pageServer.ts';
import { EXIT } from '../exitCode.ts';
import { verb } from '../verb.ts';
import { PortWord } from '../words.ts';

export const serve = verb({
  name: 'serve',
  says: 'open Patchbay in the browser, on this machine alone, until Ctrl-C',
  args: [],
  flags: [
    ['--port <n>', 'this port and no other'],
    ['--host-terminal', "allow terminals on this machine itself, not only on the labs' nodes"],
  ],
  examples: [
    ['patchbay serve', 'prints the link to open'],
    ['patchbay serve --port 8080', 'fails where that port is in use'],
  ],
  argsSchema: z.tuple([]),
  flagsSchema: z.object({ port: PortWord.optional(), hostTerminal: z.boolean().default(false) }),
  async run({ output, stateDir, startEngine }, _args, { port, hostTerminal }) {
    const connect = () => joinEngine(stateDir, { hostTerminal }, startEngine);
    const engine = new EngineLine(connect);
    const server = await startPageServer({
      folder: join(productRoot(), 'dist', 'page'),
      port,
      connect,
      straight: engine,
      onUsedLink: (link) => output.line(`A used link was opened. For another browser: ${link}`),
    });
    // The engine comes up while the learner opens the page; what is wrong with it is said here at once.
    await engine.open(`http://127.0.0.1:${server.port}`);
    output.line(`Patchbay is ready: ${server.link}`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
    });
    engine.close();
    await server.close();
    return EXIT.done;
  },
});
