import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../../contract/error.ts';
import type { RunningStep } from '../../progress/stepList.ts';
import type { ImageStore } from './imageStore.ts';
import { imageFolder } from './table.ts';
import { usualSeconds } from './usual.ts';

/** Milliseconds in which a registry has to say something, at the beginning and between two lines. */
const PATIENCE = 10_000;

/**
 * Pulls what the base's Dockerfile starts from; null when it is there, else why it could not be had.
 * Where there is no registry that is known within seconds, and no error: there are other ways to an image.
 */
export async function pullBase(store: ImageStore, step: RunningStep, signal: AbortSignal): Promise<string | null> {
  const reference = pinned();
  if (await store.find(reference)) return null;
  step.usually(usualSeconds('base from a registry'));
  step.detail('asking the registry');
  const stalled = new AbortController();
  let timer = setTimeout(() => undefined, 0);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(), PATIENCE);
  };
  const layers = new Map<string, { current: number; total: number }>();
  try {
    await store.pull(
      reference,
      ({ id, progressDetail }) => {
        alive();
        if (id && progressDetail?.total)
          layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
        step.detail(percentage([...layers.values()]));
      },
      PATIENCE,
      AbortSignal.any([signal, stalled.signal]),
    );
    return null;
  } catch (error) {
    const failure = LabError.from(error);
    if (signal.aborted || failure.code === 'disk-full' || failure.code === 'docker-missing') throw failure;
    return failure.message;
  } finally {
    clearTimeout(timer);
  }
}

/** The Dockerfile is the one place where the digest stands. */
export function pinned(): string {
  const [, reference] =
    /^FROM (\S+@sha256:[0-9a-f]{64})$/m.exec(readFileSync(join(imageFolder('base'), 'Dockerfile'), 'utf8')) ?? [];
  if (!reference) throw new Error('resources/images/base/Dockerfile names no image by digest.');
  return reference;
}

function percentage(layers: { current: number; total: number }[]): string {
  const total = layers.reduce((sum, it) => sum + it.total, 0);
  const current = layers.reduce((sum, it) => sum + it.current, 0);
  return total > 0 ? `${Math.floor((100 * current) / total)} % of ${Math.ceil(total / 1e6)} MB` : 'asking the registry';
}
