/** What dockerode loads at once and Patchbay needs seldom or never: grpc and protobuf for BuildKit's sessions, ssh2 for ssh:// only. */
const changes = [
  {
    file: /\/dockerode\/lib\/session\.js$/,
    from: /^[\s\S]+$/,
    to: "module.exports = () => { throw new Error('Patchbay builds without BuildKit sessions'); };",
  },
  {
    file: /\/dockerode\/lib\/docker\.js$/,
    from: "require('./buildkit')",
    to: "(() => { throw new Error('Patchbay builds without BuildKit'); })()",
  },
  {
    file: /\/docker-modem\/lib\/modem\.js$/,
    from: "ssh = require('./ssh')",
    to: "ssh = (options) => require('./ssh')(options)",
  },
];

/**
 * Leaves them out or loads them when they are used: half of the engine's bundle, and a third of the time that it takes to load.
 * @returns {import('vite').Plugin}
 */
export const lateParts = () => ({
  name: 'late-parts',
  enforce: 'pre',
  transform(code, id) {
    let result = code;
    for (const { file, from, to } of changes) {
      if (!file.test(id.replaceAll('\\', '/'))) continue;
      const changed = result.replace(from, () => to);
      if (changed === result) this.error(`${id} is not what it was: see resources/build/lateParts.vite.mjs`);
      result = changed;
    }
    return result === code ? null : { code: result, map: null };
  },
});
