import { parse } from 'yaml';
import { z } from 'zod';
import { LabError } from '../../../../contract/error.ts';

/** The administrator's certificate and key, and the authority of the cluster, all as PEM. */
export interface Credentials {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const base64 = z.string().transform((text) => Buffer.from(text, 'base64').toString());

const Kubeconfig = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ 'certificate-authority-data': base64 }) })]),
  users: z.tuple([z.object({ user: z.object({ 'client-certificate-data': base64, 'client-key-data': base64 }) })]),
});

/** Out of the file that kubeadm writes, `/etc/kubernetes/admin.conf`. Throws `environment-failed` for anything else. */
export const credentialsIn = (kubeconfig: string): Credentials => {
  const read = Kubeconfig.safeParse(parse(kubeconfig));
  if (!read.success)
    throw new LabError('environment-failed', 'The kubeconfig of the cluster is not one that kubeadm writes.');
  const [{ cluster }] = read.data.clusters;
  const [{ user }] = read.data.users;
  return {
    authority: cluster['certificate-authority-data'],
    certificate: user['client-certificate-data'],
    key: user['client-key-data'],
  };
};
