import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LabError } from '../../contract/error.ts';
import type { Endpoint } from './model.ts';

const Config = z.object({ currentContext: z.string().optional() });
const Meta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string().min(1) }) }) });

/**
 * The context that `docker` itself would use: by its variable, else by config.json; null for the default one.
 * Source: Docker's context store, contexts/meta/SHA256-OF-NAME/meta.json and contexts/tls/SHA256-OF-NAME/docker.
 */
export function chosenContext(folder: string, fromEnvironment: string | undefined): Endpoint | null {
  const name = fromEnvironment || Config.safeParse(json(join(folder, 'config.json'))).data?.currentContext;
  if (!name || name === 'default') return null;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = Meta.safeParse(json(join(folder, 'contexts', 'meta', id, 'meta.json')));
  if (!meta.success)
    throw new LabError('bad-input', `The Docker context "${name}" is chosen, but there is no such context.`, {
      hint: '`docker context ls` shows those that there are; `docker context use default` goes back to the local engine.',
      data: { context: name },
    });
  const tls = join(folder, 'contexts', 'tls', id, 'docker');
  const tlsFolder = existsSync(join(tls, 'ca.pem')) ? tls : undefined;
  return { source: 'context', name, address: meta.data.Endpoints.docker.Host, tlsFolder };
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
