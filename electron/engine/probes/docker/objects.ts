import { z } from 'zod';
import { LabError } from '../../../contract/error.ts';
import type { NodeHandle } from '../../environments/environment.ts';

/** What a container's end of a network is like. Addresses are empty where it has none. Source: Docker Engine API 1.41, `EndpointSettings`. */
const Endpoint = z.object({
  NetworkID: z.string(),
  EndpointID: z.string(),
  Gateway: z.string(),
  IPAddress: z.string(),
  IPPrefixLen: z.number(),
  MacAddress: z.string(),
});
export type Endpoint = z.output<typeof Endpoint>;

/** Source: Docker Engine API 1.41, `ContainerSummary`. A port without `PublicPort` is only said to be of use. */
export const ContainerSummary = z.object({
  Id: z.string(),
  Names: z.array(z.string()),
  Image: z.string(),
  State: z.string(),
  Ports: z
    .array(
      z.object({
        IP: z.string().optional(),
        PrivatePort: z.number(),
        PublicPort: z.number().optional(),
        Type: z.string(),
      }),
    )
    .nullish(),
  NetworkSettings: z.object({ Networks: z.record(z.string(), Endpoint).nullish() }).nullish(),
});
export type ContainerSummary = z.output<typeof ContainerSummary>;

/** Source: Docker Engine API 1.41, `Network`. */
export const Network = z.object({
  Id: z.string(),
  Name: z.string(),
  Driver: z.string(),
  Internal: z.boolean(),
  IPAM: z.object({
    Config: z.array(z.object({ Subnet: z.string().optional(), Gateway: z.string().optional() })).nullish(),
  }),
  Options: z.record(z.string(), z.string()).nullish(),
});
export type Network = z.output<typeof Network>;

const Inspected = z.object({ State: z.object({ Pid: z.number() }) });

/** All that there are, running or not, by name. */
export const containersOf = async (node: NodeHandle): Promise<ContainerSummary[]> => {
  const all = await listOf(node, '/containers/json?all=1', ContainerSummary);
  return all.sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
};

/** By name. */
export const networksOf = async (node: NodeHandle): Promise<Network[]> =>
  (await listOf(node, '/networks', Network)).sort((a, b) => a.Name.localeCompare(b.Name));

/** The first process of a container, as the node counts; 0 when it does not run, also when it was removed meanwhile. */
export const firstPid = async (node: NodeHandle, { Id }: Pick<ContainerSummary, 'Id'>): Promise<number> => {
  const path = `/containers/${Id}/json`;
  const answer = await engineOf(node).get(path);
  return answer === null ? 0 : understood(node, path, Inspected, answer).State.Pid;
};

/** Without the slash before it. A link of the old kind gives a container more names, each with two. */
export const nameOf = ({ Names, Id }: Pick<ContainerSummary, 'Names' | 'Id'>): string =>
  (Names.find((name) => name.lastIndexOf('/') === 0) ?? Names[0] ?? Id).replace(/^\//, '');

const listOf = async <Entry extends z.ZodType>(node: NodeHandle, path: string, entry: Entry) =>
  understood(node, path, z.array(entry), await engineOf(node).get(path));

const engineOf = (node: NodeHandle) => {
  if (node.engine) return node.engine;
  throw new LabError('lab-invalid', `The lab asks for the containers of ${node.name}, which has no Docker Engine.`, {
    hint: 'This is a mistake in the lab and costs nothing. The node needs `engine: true`, in an environment of kind `docker`.',
    data: { node: node.name },
  });
};

const understood = <Schema extends z.ZodType>(
  node: NodeHandle,
  path: string,
  schema: Schema,
  answer: unknown,
): z.output<Schema> => {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new LabError('probe-failed', `The Docker Engine of ${node.name} gave something else than was asked: ${path}.`, {
    hint: 'This is not your mistake and costs nothing. Check again; if it stays so, reset the environment.',
    data: { node: node.name, path },
    cause: read.error,
  });
};
