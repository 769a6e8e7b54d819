import { z } from 'zod';
import type { NodeHandle } from '../environments/environment.ts';
import type { Probe, Row, Scalar } from './probe.ts';
import { counted, countField } from './rows.ts';

const CONFIGURED = '/etc/cni/net.d';
const INSTALLED = '/opt/cni/bin';

const Plugin = z.looseObject({
  type: z.string(),
  bridge: z.string().optional(),
  delegate: z.looseObject({ bridge: z.string().optional() }).optional(),
});
type Plugin = z.output<typeof Plugin>;

const Head = z.object({ name: z.string().optional(), cniVersion: z.string().optional() });
/** `.conflist` is a chain of plugins, `.conf` and `.json` one alone. */
const Config = z.union([
  Head.extend({ plugins: z.array(Plugin).min(1) }),
  Head.and(Plugin).transform((one) => ({ name: one.name, cniVersion: one.cniVersion, plugins: [one] })),
]);

const params = z.strictObject({
  list: z
    .enum(['plugins', 'configs', 'binaries'])
    .default('plugins')
    .describe(
      'plugins: those of the config that counts, the first by its name; configs: all configs; binaries: the plugins that are installed',
    ),
  binary: z.string().min(1).optional().describe('With `list: binaries`: only this one'),
});

/** What the container runtime would do for a new pod's network: its config in /etc/cni/net.d, and the plugins in /opt/cni/bin. */
export const cniProbe: Probe<typeof params> = {
  name: 'cni',
  about:
    'Which CNI plugins the container runtime calls (`/etc/cni/net.d`, the first config by its name) and which are installed (`/opt/cni/bin`)',
  mode: 'observe',
  events: null,
  params,
  main: 'type',
  fields: {
    type: { type: 'name', about: 'The plugin: its binary has this name. Of `configs` that of the first in each' },
    position: { type: 'count', about: 'Its place in the chain, from 1' },
    installed: { type: 'boolean', about: 'Whether its binary is there' },
    path: { type: 'path', about: 'The config, or with `binaries` the binary' },
    name: { type: 'name', about: 'The name of the network' },
    'cni-version': { type: 'text', about: 'The version of the format that the config asks for' },
    bridge: { type: 'interface', about: 'The bridge that the plugin makes; none where it makes none' },
    valid: { type: 'boolean', about: 'Whether the config can be read' },
    ...countField,
  },
  async read(node, { list, binary }) {
    const binaries = ((await node.folder(INSTALLED)) ?? [])
      .filter(({ kind }) => kind !== 'folder')
      .map(({ name }) => name);
    if (list === 'binaries')
      return counted(
        binaries
          .filter((name) => binary === undefined || name === binary)
          .map((type) => ({ ...nothing, type, installed: true, path: `${INSTALLED}/${type}` })),
      );
    const configs = await Promise.all((await configPaths(node)).map((path) => configAt(node, path, binaries)));
    return counted(list === 'configs' ? configs.flatMap((rows) => rows.slice(0, 1)) : (configs[0] ?? []));
  },
};

const nothing: Readonly<Record<string, Scalar>> = {
  type: null,
  position: null,
  installed: null,
  path: null,
  name: null,
  'cni-version': null,
  bridge: null,
  valid: null,
};

/** In the order in which the runtime takes them. */
const configPaths = async (node: NodeHandle): Promise<string[]> =>
  ((await node.folder(CONFIGURED)) ?? [])
    .filter(({ name, kind }) => kind !== 'folder' && /\.(conf|conflist|json)$/.test(name))
    .map(({ name }) => `${CONFIGURED}/${name}`)
    .sort();

/** A row for each plugin. A config that cannot be read is a row that says so: a learner may have written it. */
const configAt = async (node: NodeHandle, path: string, binaries: readonly string[]): Promise<Row[]> => {
  const parsed = Config.safeParse(fromJson(new TextDecoder().decode((await node.file(path)) ?? new Uint8Array())));
  if (!parsed.success) return [{ ...nothing, path, valid: false }];
  const { name = null, cniVersion = null, plugins } = parsed.data;
  return plugins.map((plugin, place) => ({
    type: plugin.type,
    position: place + 1,
    installed: binaries.includes(plugin.type),
    path,
    name,
    'cni-version': cniVersion,
    bridge: bridgeOf(plugin),
    valid: true,
  }));
};

/** flannel hands its work on to the plugin `bridge`, which calls its bridge cni0 unless it is told otherwise. */
const bridgeOf = ({ type, bridge, delegate }: Plugin): string | null => {
  if (type === 'bridge') return bridge ?? 'cni0';
  if (type === 'flannel') return delegate?.bridge ?? 'cni0';
  return null;
};

const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
