import { randomUUID } from 'node:crypto';

/** One id for each thing that a learner tries: a call sent again with the same one is counted once. */
export const newAttempt = (): string => randomUUID();
