import type Dockerode from 'dockerode';
import type { ContainerSpec, ContainerState, VolumeMount } from './model.ts';

/** What Docker is told for a container of ours. No network unless asked for, whatever the engine's default is: the agent makes the links. */
export const createOptions = (spec: ContainerSpec): Dockerode.ContainerCreateOptions => ({
  name: spec.name,
  Image: spec.image,
  Cmd: spec.command ? [...spec.command] : undefined,
  Hostname: spec.hostname,
  Labels: { ...spec.labels },
  Env: spec.env ? [...spec.env] : undefined,
  StopSignal: spec.stopSignal,
  HostConfig: hostConfig(spec),
});

/** dockerode's types do not know this one yet. Source: Docker Engine API 1.41. */
type HostConfig = Dockerode.HostConfig & { readonly CgroupnsMode?: ContainerSpec['cgroupNamespace'] };

const hostConfig = (spec: ContainerSpec): HostConfig => ({
  NetworkMode: spec.networkMode ?? 'none',
  CapAdd: spec.capAdd ? [...spec.capAdd] : undefined,
  CapDrop: spec.capDrop ? [...spec.capDrop] : undefined,
  PidMode: spec.pidMode,
  Sysctls: spec.sysctls ? { ...spec.sysctls } : undefined,
  ReadonlyPaths: spec.readonlyPaths ? [...spec.readonlyPaths] : undefined,
  MaskedPaths: spec.maskedPaths ? [...spec.maskedPaths] : undefined,
  SecurityOpt: securityOptions(spec),
  CgroupnsMode: spec.cgroupNamespace,
  DeviceCgroupRules: spec.deviceRules ? [...spec.deviceRules] : undefined,
  Devices: spec.devices?.map((path) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: 'rwm' })),
  Tmpfs: spec.tmpfs ? { ...spec.tmpfs } : undefined,
  Mounts: spec.volumes?.map(volumeMount),
  Init: spec.init,
  Memory: spec.memoryLimit,
  PidsLimit: spec.pidsLimit,
  CpuShares: spec.cpuShares,
  // A driver that can be read back, with a bound: a noisy node must not fill the learner's disk.
  LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
});

const securityOptions = ({ apparmor, seccomp }: ContainerSpec): string[] | undefined => {
  const options = [apparmor && `apparmor=${apparmor}`, seccomp && `seccomp=${seccomp}`].filter(
    (each) => each !== undefined,
  );
  return options.length === 0 ? undefined : options;
};

const volumeMount = ({ target, name, labels }: VolumeMount): Dockerode.MountConfig[number] => ({
  Type: 'volume',
  Target: target,
  // An empty source makes a volume without a name.
  Source: name ?? '',
  // dockerode wants all three; Docker takes these two for what they are when absent.
  VolumeOptions: { NoCopy: true, Labels: { ...labels }, DriverConfig: { Name: '', Options: {} } },
});

export const stateOf = (info: Dockerode.ContainerInspectInfo): ContainerState => ({
  id: info.Id,
  name: info.Name.replace(/^\//, ''),
  state: stateWord(info.State.Status),
  pid: info.State.Pid,
  exitCode: info.State.ExitCode,
  startedAt: info.State.StartedAt,
  image: info.Config.Image,
  labels: info.Config.Labels ?? {},
});

export const stateOfListed = (info: Dockerode.ContainerInfo): ContainerState => ({
  id: info.Id,
  name: (info.Names[0] ?? '').replace(/^\//, ''),
  state: stateWord(info.State),
  pid: 0,
  exitCode: 0,
  startedAt: '',
  image: info.Image,
  labels: info.Labels ?? {},
});

function stateWord(status: string): ContainerState['state'] {
  if (status === 'running' || status === 'paused' || status === 'created') return status;
  return 'stopped';
}
