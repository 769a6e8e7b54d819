import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ProofItem } from '../../../contract/models/proof.ts';

const Kept = z.array(ProofItem);

export interface ProofContent {
  readonly labHash: string;
  readonly seed: number;
  readonly image: string;
  /** Hash of the engine's own program: with any change of it every proof is made anew. Null: nothing is kept. */
  readonly program: string | null;
}

/** Proofs that held, by the content that they were made of. */
export class KeptProofs {
  readonly #folder: string;

  constructor(cacheDir: string) {
    this.#folder = join(cacheDir, 'proofs');
  }

  read(content: ProofContent): ProofItem[] | null {
    if (content.program === null) return null;
    try {
      return Kept.parse(JSON.parse(readFileSync(this.#path(content), 'utf8')));
    } catch {
      return null;
    }
  }

  write(content: ProofContent, items: readonly ProofItem[]): void {
    if (content.program === null) return;
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#path(content), JSON.stringify(items));
  }

  #path(content: ProofContent): string {
    const { labHash, seed, image, program } = content;
    const key = createHash('sha256')
      .update(JSON.stringify([labHash, seed, image, program]))
      .digest('hex');
    return join(this.#folder, `${key.slice(0, 32)}.json`);
  }
}
