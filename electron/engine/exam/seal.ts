import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../contract/error.ts';

const NONCE = 12;
const TAG = 16;

/**
 * Keeps what an exam must not show before its end: AES-256-GCM under a key that lies outside the run's folder, for its owner alone. It keeps an honest person from
 * looking by accident; whoever is root on the machine can open it.
 */
export class Seal {
  readonly #path: string;

  constructor(stateDir: string, exam: string) {
    this.#path = join(stateDir, 'keys', exam);
  }

  /** `about` is bound to the text: a box that is put in another's place does not open. */
  close(text: string, about: string): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key(), nonce);
    cipher.setAAD(Buffer.from(about));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Rejects with `journal-failed` for what this key did not close, or what was changed since. */
  open(box: string, about: string): string {
    try {
      const bytes = Buffer.from(box, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', this.#key(), bytes.subarray(0, NONCE));
      decipher.setAAD(Buffer.from(about));
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new LabError('journal-failed', 'A sealed answer of this exam cannot be opened.', {
        hint: 'Its key is lost or the record was changed. The question is graded from the environment as it is now.',
        cause,
      });
    }
  }

  forget(): void {
    rmSync(this.#path, { force: true });
  }

  #key(): Buffer {
    try {
      return readFileSync(this.#path);
    } catch {
      mkdirSync(join(this.#path, '..'), { recursive: true, mode: 0o700 });
      const key = randomBytes(32);
      writeFileSync(this.#path, key, { mode: 0o600, flag: 'wx' });
      return key;
    }
  }
}
