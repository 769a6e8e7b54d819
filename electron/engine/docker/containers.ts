import type Dockerode from 'dockerode';
import type { ContainerSpec, ContainerState } from './model.ts';

/** What Docker is told for a container of ours. No network, whatever the engine's default is: the agent makes the links. */
export const createOptions = (spec: ContainerSpec): Dockerode.ContainerCreateOptions => ({
  name: spec.name,
  Image: spec.image,
  Cmd: spec.command ? [...spec.command] : undefined,
  Hostname: spec.hostname,
  Labels: { ...spec.labels },
  Env: spec.env ? [...spec.env] : undefined,
  StopSignal: spec.stopSignal,
  HostConfig: {
    NetworkMode: 'none',
    CapAdd: spec.capAdd ? [...spec.capAdd] : undefined,
    CapDrop: spec.capDrop ? [...spec.capDrop] : undefined,
    PidMode: spec.pidMode,
    Sysctls: spec.sysctls ? { ...spec.sysctls } : undefined,
    ReadonlyPaths: spec.readonlyPaths ? [...spec.readonlyPaths] : undefined,
    MaskedPaths: spec.maskedPaths ? [...spec.maskedPaths] : undefined,
    Init: spec.init,
    Memory: spec.memoryLimit,
    PidsLimit: spec.pidsLimit,
    // A driver that can be read back, with a bound: a noisy node must not fill the learner's disk.
    LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
  },
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
