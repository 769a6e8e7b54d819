import { readFile } from 'node:fs/promises';

/** The usual bundles of Linux distributions. Source: the Go standard library's list, crypto/x509/root_linux.go. */
const bundles = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem'];

/**
 * The authorities that this machine trusts, as PEM, so that a container behind the same company proxy trusts them too;
 * null where they are not in a file (macOS, Windows without SSL_CERT_FILE): the container's own are used then.
 */
export async function machineCertificates(environment: NodeJS.ProcessEnv = process.env): Promise<Buffer | null> {
  const named = [environment.SSL_CERT_FILE, environment.NODE_EXTRA_CA_CERTS];
  for (const file of [...named, ...(process.platform === 'linux' ? bundles : [])]) {
    const content = file ? await readFile(file).catch(() => null) : null;
    if (content && content.length > 0) return content;
  }
  return null;
}
