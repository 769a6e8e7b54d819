import { expect, test } from 'vitest';
import { missingImages } from './prepareImages.ts';
import { imageReference } from './table.ts';

const engineWith = (...there: string[]) => ({ hasImage: async (reference: string) => there.includes(reference) });
const base = imageReference('base');
const host = imageReference('host');

test('what is missing is told in the order in which it is made', async () => {
  expect(await missingImages(engineWith())).toEqual(['base', 'host']);
  expect(await missingImages(engineWith(base))).toEqual(['host']);
});

test('a base is not missed when nothing has to be built on it', async () => {
  expect(await missingImages(engineWith(host))).toEqual([]);
});

test('an older version of an image is not the image', async () => {
  expect(await missingImages(engineWith(base, 'patchbay/host:000000000000'))).toEqual(['host']);
});
