import { app, connection } from './en/app.ts';
import { availability, catalog, setup } from './en/catalog.ts';
import { keys, palette } from './en/commands.ts';
import { environment, nodeKind, nodeState, states } from './en/environment.ts';
import { lab, news } from './en/lab.ts';
import { starting } from './en/starting.ts';
import { status } from './en/status.ts';
import { terminal } from './en/terminal.ts';
import { topology } from './en/topology.ts';

/** Every text of the page in English, by its place. Functions take the values that stand in a sentence. */
export const en = {
  app,
  connection,
  catalog,
  availability,
  setup,
  starting,
  environment,
  nodeState,
  nodeKind,
  states,
  news,
  lab,
  terminal,
  topology,
  palette,
  keys,
  status,
};
