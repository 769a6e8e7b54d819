import { quote } from '../../agent/quote.ts';
import type { ArchivedFile } from './archive.ts';

/**
 * What a kubelet wants of the kernel, and writes where it finds something else. These are the whole machine's: on a laptop they are not ours to change.
 * Source: Kubernetes, pkg/util/sysctl.
 */
const wanted: Readonly<Record<string, string>> = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

const FOLDER = 'etc/patchbay/kernel';

/** Files of a node that hold those values. */
export const settingFiles: readonly ArchivedFile[] = Object.entries(wanted).map(([path, value]) => ({
  path: `${FOLDER}/${path}`,
  content: `${value}\n`,
}));

/** Puts them over the kernel's own, inside the node alone. It has to be done before a kubelet starts: a node waits for its cable. */
export const coverSettings = (pid: number | undefined): string => {
  const cover = `for path in ${Object.keys(wanted).join(' ')}; do mount --bind /${FOLDER}/$path /proc/sys/$path; done`;
  return `nsenter -t ${pid} -m sh -ec ${quote([cover])}`;
};
