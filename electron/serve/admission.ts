import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../engine/host/refusal.ts';

export type TokenUse = 'good' | 'used' | 'unknown';

const REMEMBERED = 100;

/**
 * Who may speak to the browser shell: who came with the link that was printed, once, and from then on carries its cookie.
 * Host and Origin are checked with every request, so that no other site can reach it through a name of its own (DNS rebinding).
 */
export class Admission {
  readonly #hosts: ReadonlySet<string>;
  readonly #cookieName: string;
  readonly #session = secret();
  #token = secret();
  readonly #used: string[] = [];

  constructor(port: number) {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
    // Browsers do not tell ports apart in cookies.
    this.#cookieName = `patchbay-${port}`;
  }

  /** The token that opens the page for one browser. */
  get token(): string {
    return this.#token;
  }

  /** A good token is spent by this, and another one takes its place. */
  spend(token: string): TokenUse {
    if (this.#used.some((it) => same(it, token))) return 'used';
    if (!same(this.#token, token)) return 'unknown';
    this.#used.push(this.#token);
    if (this.#used.length > REMEMBERED) this.#used.shift();
    this.#token = secret();
    return 'good';
  }

  get setCookie(): string {
    return `${this.#cookieName}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  hasCookie({ headers }: IncomingMessage): boolean {
    const given = (headers.cookie ?? '').split(';').map((it) => it.trim());
    const prefix = `${this.#cookieName}=`;
    return given.some((it) => it.startsWith(prefix) && same(this.#session, it.slice(prefix.length)));
  }

  /** Null when the request comes by one of our own names and from our own page, or from none. */
  refuseStranger({ headers }: IncomingMessage): Refusal | null {
    if (!headers.host || !this.#hosts.has(headers.host))
      return { status: 421, says: 'Patchbay answers only by its loopback address.' };
    if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
      return { status: 403, says: 'This page may not speak to Patchbay.' };
    return null;
  }

  /** Whoever wants to speak to the engine must name its origin and carry the cookie: browsers send both. */
  refuseEngine(request: IncomingMessage): Refusal | null {
    const stranger = this.refuseStranger(request);
    if (stranger) return stranger;
    if (request.headers.origin === undefined) return { status: 403, says: 'A page must say where it comes from.' };
    return this.hasCookie(request) ? null : { status: 401, says: 'Open Patchbay by the link that it printed.' };
  }
}

const secret = (): string => randomBytes(24).toString('base64url');

const same = (one: string, other: string): boolean => {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
};
