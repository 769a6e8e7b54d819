import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { contentHash } from '../docker/images/contentHash.ts';
import { type Component, componentsFolder, pins } from './pins.ts';

/** Changes with anything that goes into the binaries. The same for every processor, and whether they are downloaded or compiled. */
export function componentsHash(): string {
  const hash = createHash('sha256');
  for (const component of pins().components) hash.update(`${component.name} ${componentHash(component)}\n`);
  return hash.digest('hex').slice(0, 12);
}

/** Of one component: its pin, the files of its folder, the Go that compiles it. */
export function componentHash(component: Component): string {
  // How long it takes is not part of what it is.
  const { title: _title, compile, ...what } = component;
  const { seconds: _seconds, ...how } = compile;
  return contentHash(join(componentsFolder(), component.name), JSON.stringify([pins().go.version, what, how]));
}
