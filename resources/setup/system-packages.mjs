import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { command, lastLines } from './command.mjs';
import { ask, consentFor, given } from './consent.mjs';
import { step } from './progress.mjs';

/** @typedef {{installed: true} | {installed: false, why: string, command: string | null}} Outcome */

/**
 * Sees to it that packages are there, asking first where that is due. Never throws for lack of them: what can be done without is the caller's to know.
 * @param {readonly string[]} names as in packages.mjs
 * @param {string} purpose ends the sentence "... is needed to"
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Outcome>}
 */
export async function needPackages(names, purpose, progress) {
  if (process.platform !== 'linux' || !onPath('apt-get')) {
    return { installed: false, why: `there is no apt-get here to install ${names.join(', ')}`, command: null };
  }
  const missing = await missingPackages(names);
  if (missing.length === 0) return { installed: true };

  const privilege = privilegeFor({ uid: process.getuid?.() ?? 0, sudo: onPath('sudo'), terminal: given().terminal });
  const shown = installCommand(missing).join(' ');
  const pasteable = privilege === 'root' ? shown : `sudo ${shown}`;
  const refused = (/** @type {string} */ why) => ({ installed: /** @type {const} */ (false), why, command: pasteable });

  const consent = consentFor(given());
  if (consent === 'never') return refused('nobody is there to ask (--yes installs without asking)');
  if (privilege === 'none') return refused('it takes root or sudo');
  if (consent === 'ask') {
    progress.end();
    console.log(`\nNeeded to ${purpose}:\n  ${pasteable}`);
    if (!(await ask('Run it now?'))) return refused('you said no');
  }
  return install(missing, privilege, pasteable, progress);
}

/**
 * @param {{uid: number, sudo: boolean, terminal: boolean}} me
 * @returns {'root' | 'sudo' | 'sudo-quiet' | 'none'} `sudo-quiet`: only where it asks for no password
 */
export function privilegeFor({ uid, sudo, terminal }) {
  if (uid === 0) return 'root';
  if (!sudo) return 'none';
  return terminal ? 'sudo' : 'sudo-quiet';
}

/** @param {readonly string[]} packages */
export const installCommand = (packages) => ['apt-get', 'install', '-y', '--no-install-recommends', ...packages];

/**
 * @param {string[]} packages
 * @param {'root' | 'sudo' | 'sudo-quiet'} privilege
 * @param {string} pasteable
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Outcome>}
 */
async function install(packages, privilege, pasteable, progress) {
  const sudo = { root: [], sudo: ['sudo'], 'sudo-quiet': ['sudo', '-n'] }[privilege];
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=120'];
  const [apt = 'apt-get', ...rest] = installCommand(packages);
  const commands = [
    // An installation that was cut short is finished first: dpkg refuses everything else until then.
    { detail: 'dpkg --configure -a', args: ['dpkg', '--configure', '-a'], limit: 300 },
    { detail: 'apt-get update', args: [apt, ...waitForLock, 'update'], limit: 300 },
    { detail: packages.join(' '), args: [apt, ...waitForLock, ...rest], limit: 1800 },
  ];
  if (privilege === 'sudo') {
    progress.end();
    await command('sudo', ['-v'], { output: 'terminal', limit: 300 });
  }
  const about = { id: `packages ${packages.join(' ')}`, title: 'System packages', usual: 15 + 3 * packages.length };
  try {
    await step(progress, about, async (detail) => {
      for (const it of commands) {
        detail(it.detail);
        const [program = 'env', ...args] = [...sudo, ...environment, ...it.args];
        const ended = await command(program, args, { limit: it.limit });
        // Lists that cannot be brought up to date may still be good enough: the install tells.
        if (ended.code !== 0 && it.args[0] === apt && it.args.includes('install'))
          throw new Error(lastLines(ended.output));
      }
    });
    return { installed: true };
  } catch (error) {
    return {
      installed: false,
      why: `it failed:\n${error instanceof Error ? error.message : error}`,
      command: pasteable,
    };
  }
}

/**
 * @param {readonly string[]} names
 * @returns {Promise<string[]>} what to install, each under the name that this release has
 */
async function missingPackages(names) {
  const all = names.flatMap((it) => it.split('|'));
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const { output } = await command('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}${Package}\n', ...all], {
    limit: 30,
  });
  const installed = installedIn(output);
  const lacking = names.filter((it) => !it.split('|').some((name) => installed.has(name)));
  return Promise.all(lacking.map(firstKnown));
}

/**
 * @param {string} output of dpkg-query, a line each: `ii name`
 * @returns {Set<string>}
 */
export const installedIn = (output) => new Set([...output.matchAll(/^ii\s+(\S+)$/gm)].map((it) => it[1] ?? ''));

/** @param {string} names */
async function firstKnown(names) {
  const choices = names.split('|');
  for (const name of choices) {
    if (choices.length === 1) return name;
    const { code, output } = await command('apt-cache', ['show', '--no-all-versions', name], { limit: 30 });
    if (code === 0 && output.includes('Version:')) return name;
  }
  // Unknown before the first `apt-get update`: the oldest name stands last and is what Debian 12 has.
  return choices.at(-1) ?? names;
}

/** @param {string} program */
export function onPath(program) {
  // Not everybody's PATH has the folders of system programs.
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].some((folder) => {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return existsSync(path);
    } catch {
      return false;
    }
  });
}
