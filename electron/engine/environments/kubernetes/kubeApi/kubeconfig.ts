import { stringify } from 'yaml';
import type { Credentials } from './credentials.ts';

/** The name that kubeadm's certificate of the API server holds for every cluster, whatever the address it is reached by. */
export const SERVER_NAME = 'kubernetes';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** For the learner's own kubectl: `port` is on loopback. */
export const kubeconfigText = (run: string, port: number, { authority, certificate, key }: Credentials): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: run,
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'tls-server-name': SERVER_NAME,
          'certificate-authority-data': base64(authority),
        },
      },
    ],
    users: [
      {
        name: `${run}-admin`,
        user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
      },
    ],
    contexts: [{ name: run, context: { cluster: run, user: `${run}-admin` } }],
    'current-context': run,
  });
