import { addressProbe } from './address.ts';
import { bridgeProbe } from './bridge.ts';
import { captureProbe } from './capture.ts';
import { cniProbe } from './cni.ts';
import { dnsProbe } from './dns.ts';
import { dockerProbe } from './docker.ts';
import { execProbe } from './exec.ts';
import { fileProbe } from './file.ts';
import { hostnameProbe } from './hostname.ts';
import { httpProbe } from './http.ts';
import { interfaceProbe } from './interface.ts';
import { kubeProbe } from './kube.ts';
import { natProbe } from './nat.ts';
import { neighbourProbe } from './neighbour.ts';
import { netnsProbe } from './netns.ts';
import { orInNetns } from './orInNetns.ts';
import { pingProbe } from './ping.ts';
import { podLogProbe } from './podLog.ts';
import { podnetProbe } from './podnet.ts';
import type { Probe } from './probe.ts';
import { processProbe } from './process.ts';
import { routeProbe } from './route.ts';
import { socketProbe } from './socket.ts';
import { sysctlProbe } from './sysctl.ts';
import { unitProbe } from './unit.ts';

/** Every probe there is, by its name. A new one is a file and a line here. */
export const probes = {
  interface: orInNetns(interfaceProbe),
  address: orInNetns(addressProbe),
  neighbour: orInNetns(neighbourProbe),
  route: orInNetns(routeProbe),
  bridge: orInNetns(bridgeProbe),
  netns: netnsProbe,
  nat: orInNetns(natProbe),
  ping: orInNetns(pingProbe),
  http: orInNetns(httpProbe),
  hostname: hostnameProbe,
  sysctl: orInNetns(sysctlProbe),
  file: fileProbe,
  process: processProbe,
  socket: orInNetns(socketProbe),
  unit: unitProbe,
  dns: dnsProbe,
  capture: captureProbe,
  cni: cniProbe,
  docker: dockerProbe,
  podnet: podnetProbe,
  kube: kubeProbe,
  'pod-log': podLogProbe,
  exec: execProbe,
} satisfies Record<string, Probe>;

export type ProbeName = keyof typeof probes;

export const probeNames = Object.keys(probes) as readonly ProbeName[];

/** The probe of that name; lab files are checked against this table, so the name is a known one. */
export const probeNamed = (name: string): Probe | null =>
  new Map<string, Probe>(Object.entries(probes)).get(name) ?? null;
