import { z } from 'zod';
import type { DockerInfo } from './model.ts';

/** Controllers of control groups, by what the engine says that it can limit with them. Those that it does not speak of are there. */
const Limits = z.object({
  MemoryLimit: z.boolean().default(true),
  CpuCfsQuota: z.boolean().default(true),
  CPUSet: z.boolean().default(true),
  PidsLimit: z.boolean().default(true),
});

/** Source: Docker Engine API 1.41, `SystemVersion` and `SystemInfo`; Podman answers in the same form. */
const Version = z.object({ Version: z.string(), ApiVersion: z.string(), Os: z.string(), Arch: z.string() });
const Info = Limits.extend({
  NCPU: z.number(),
  MemTotal: z.number(),
  OperatingSystem: z.string(),
  // Engines before 20.10 know only the first and say nothing.
  CgroupVersion: z.string().default('1'),
  CgroupDriver: z.string().default('cgroupfs'),
  SecurityOptions: z.array(z.string()).nullish(),
});

/** What an engine answers to `/version` and `/info`, as far as it matters here. Throws a ZodError for what no engine answers. */
export const infoFrom = (versionAnswer: unknown, infoAnswer: unknown): DockerInfo => {
  const version = Version.parse(versionAnswer);
  const info = Info.parse(infoAnswer);
  return {
    version: version.Version,
    apiVersion: version.ApiVersion,
    os: version.Os,
    arch: version.Arch,
    cpus: info.NCPU,
    memoryTotal: info.MemTotal,
    operatingSystem: info.OperatingSystem,
    cgroupVersion: info.CgroupVersion === '2' ? 2 : 1,
    rootless: (info.SecurityOptions ?? []).some((option) => option.split(',').includes('name=rootless')),
    missingControllers: info.CgroupDriver === 'none' ? ['cpu', 'cpuset', 'memory', 'pids'] : missingIn(info),
  };
};

const missingIn = (limits: z.output<typeof Limits>): string[] => [
  ...(limits.CpuCfsQuota ? [] : ['cpu']),
  ...(limits.CPUSet ? [] : ['cpuset']),
  ...(limits.MemoryLimit ? [] : ['memory']),
  ...(limits.PidsLimit ? [] : ['pids']),
];
