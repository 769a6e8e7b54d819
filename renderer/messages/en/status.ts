import { bytes, count } from '../format.ts';

// The line at the foot of the page.

export const status = {
  region: 'Status',
  connecting: 'Looking for Docker',
  docker: (version: string) => `Docker ${version}`,
  ownDocker: (version: string) => `Docker ${version}, started by Patchbay`,
  missing: 'Docker does not answer',
  running: (n: number) => `${count(n, 'node', 'nodes')} running`,
  standby: (n: number) => `${count(n, 'node', 'nodes')} standing by`,
  images: 'Preparing images',
  imagesFailed: 'Images not ready',
  cluster: (step: string | null) => (step === null ? 'Building Kubernetes' : `Building Kubernetes: ${step}`),
  clusterFailed: 'Kubernetes is not built',
  memory: (used: number, total: number) => `Memory ${bytes(used, total)}`,
  commands: 'Commands',
  theme: 'Theme',
  themes: { system: 'as the system', light: 'light', dark: 'dark' },
  themeIs: (theme: string) => `Theme: ${theme}. Change`,
  noEngine: 'Engine not connected',
};
