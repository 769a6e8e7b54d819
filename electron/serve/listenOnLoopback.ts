import type { Server } from 'node:http';
import { LabError } from '../contract/error.ts';
import { listens } from '../engine/host/listens.ts';

/** The first port that is tried where none was asked for. */
export const DEFAULT_PORT = 4817;
const TRIES = 50;

/** Listens on 127.0.0.1 and answers the port. Errors: `port-in-use`; any other failure to listen is `forbidden`. */
export async function listenOnLoopback(
  server: Server,
  asked: number | undefined,
  first = DEFAULT_PORT,
): Promise<number> {
  if (asked !== undefined) {
    if (await listens(server, asked)) return asked;
    throw new LabError('port-in-use', `Port ${asked} is in use by another program.`, {
      hint: 'Name another one with `--port`, or leave it out: then a free one is found.',
      data: { port: asked },
    });
  }
  for (let port = first; port < first + TRIES; port++) if (await listens(server, port)) return port;
  throw new LabError('port-in-use', `All ports from ${first} to ${first + TRIES - 1} are in use.`, {
    hint: 'Name a free one with `--port`.',
  });
}
