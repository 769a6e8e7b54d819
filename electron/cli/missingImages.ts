import type { MissingImage } from '../contract/models/run.ts';
import type { Output } from './output.ts';

/** For whoever asked for an image that a cluster without a network cannot pull. */
export function printMissingImages(missing: readonly MissingImage[], output: Output): void {
  for (const { image, pods } of missing)
    output.line(`${output.style('yellow', `${pods.join(', ')}: the image ${image} is not here.`)}`);
  const [first] = missing;
  if (!first) return;
  output.line('A cluster has no network. These images are here:');
  output.table(first.available.map(({ name, tags }) => [`  ${name}`, tags.join(' ')]));
}
