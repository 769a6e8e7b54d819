import type { Environment } from './schema.ts';

/** The names of an environment's nodes, in the file's order. */
export const nodeNamesOf = (environment: Environment): string[] =>
  environment.kind === 'kubernetes' ? [...environment.nodes] : Object.keys(environment.nodes);
