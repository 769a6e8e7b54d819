import { LabError } from '../../../contract/error.ts';

interface Meaning {
  readonly pattern: RegExp;
  readonly code: 'disk-full' | 'image-failed' | 'limit';
  readonly message: string;
  readonly hint: string;
}

/** What lines of go, gcc and curl mean, the first that fits. */
const meanings: readonly Meaning[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    code: 'disk-full',
    message: 'The disk is full: the components of Kubernetes could not be compiled.',
    hint: 'It takes about 6 GB while it compiles. Free some where Docker keeps its volumes, then `patchbay prepare --kubernetes` goes on.',
  },
  {
    pattern: /checksum mismatch|SECURITY ERROR/i,
    code: 'image-failed',
    message: 'What the Go module proxy sent is not what is pinned, and nothing of it was used.',
    hint: 'Something on the way changes files, or the proxy is damaged. `GOPROXY=https://proxy.golang.org patchbay prepare --kubernetes` asks the public one.',
  },
  {
    pattern: /signal: killed|cannot allocate memory|out of memory/i,
    code: 'limit',
    message: 'There is too little memory to compile the components of Kubernetes.',
    hint: 'Docker needs 3 GB for it. `PATCHBAY_COMPONENTS=release patchbay prepare --kubernetes` downloads them instead.',
  },
  {
    pattern: /x509: |SSL certificate problem|certificate verify failed/i,
    code: 'image-failed',
    message: 'The certificate of the Go module proxy is not trusted.',
    hint: 'Where a company inspects traffic, its certificate has to be known: set SSL_CERT_FILE or NODE_EXTRA_CA_CERTS to a PEM file that has it.',
  },
  {
    pattern:
      /dial tcp|no such host|i\/o timeout|connection refused|TLS handshake timeout|Could not resolve|curl: \(\d+\)|: 4\d\d [A-Z]|: 5\d\d [A-Z]/,
    code: 'image-failed',
    message: 'The Go module proxy could not be reached, or does not have a module.',
    hint: 'Set GOPROXY to a proxy that this machine reaches; what was fetched so far is kept.',
  },
];

/** The LabError for a command that ended badly in the builder; the last lines are in its data. */
export function compileFailure(lines: readonly string[], exit: number | null): LabError {
  const log = lines.slice(-20);
  for (const { pattern, code, message, hint } of meanings) {
    const telling = lines.findLast((line) => pattern.test(line));
    if (telling) return new LabError(code, `${message} (${telling.trim().slice(0, 300)})`, { hint, data: { log } });
  }
  return exit === null
    ? new LabError('image-failed', 'The container that compiles went away.', {
        hint: 'Was it removed, or Docker restarted? `patchbay prepare --kubernetes` goes on with what is done.',
        data: { log },
      })
    : new LabError('image-failed', `The components of Kubernetes could not be compiled: exit code ${exit}.`, {
        hint: 'The last lines say why. `PATCHBAY_COMPONENTS=release patchbay prepare --kubernetes` downloads them instead.',
        data: { log },
      });
}
