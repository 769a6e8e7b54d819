/** The oldest Node that the packages run on. */
const needed = [20, 19];

/**
 * @param {string} version such as `20.19.0`
 * @returns {string | null} what is wrong and what to do, or null
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `Patchbay needs Node ${needed.join('.')} or newer, and this is Node ${version}.\nInstall a newer one (https://nodejs.org, or your distribution's package) and run npm start again.`;
}
