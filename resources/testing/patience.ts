import { vi } from 'vitest';

/** Milliseconds. What is waited for comes sooner or not at all: on a busy machine a second is nothing, and Vitest's default. */
const PATIENCE = 20_000;

const { waitFor } = vi;
vi.waitFor = (look, options) =>
  waitFor(look, typeof options === 'number' ? options : { timeout: PATIENCE, interval: 20, ...options });
