import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds `labs/` and `resources/`: the repository in a clone, the app's resources when packaged.
 * Found by walking up, because the same code runs from its source, from `dist/` and from a package.
 */
export const productRoot = (): string => {
  // Bundled as CommonJS there is `__dirname` and no `import.meta.url`; from source it is the other way round.
  const here = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'labs')) && existsSync(join(folder, 'resources', 'images'))) return folder;
    if (dirname(folder) === folder)
      throw new Error(`No labs/ and resources/images/ above ${here}: the installation is incomplete.`);
  }
};
