import type { Server } from 'node:http';
import { LabError } from '../../contract/error.ts';

/** Listens on 127.0.0.1; false when the port is in use. Port 0 is any free one. Any other failure is `forbidden`. */
export function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', done);
      if (error.code === 'EADDRINUSE') return resolve(false);
      const hint = 'Ports below 1024 are for root alone: name another one with `--port`.';
      reject(new LabError('forbidden', `Port ${port} cannot be opened: ${error.message}`, { hint, cause: error }));
    };
    const done = () => {
      server.off('error', failed);
      resolve(true);
    };
    server.once('error', failed);
    server.once('listening', done);
    server.listen(port, '127.0.0.1');
  });
}
