import type { TerminalSize } from '../host/terminalGateway.ts';

/** Where a node keeps the sockets of its shells. */
const FOLDER = '/run/patchbay/term';

/**
 * Ends the client of an engine that is gone: it would go on taking the shell's output for nobody, and dtach waits only for the faster of two.
 * A process id may have been given
 * to another program since, so its command line is looked at.
 */
const endOldClient = `
c=$d/$1.client
[ -f "$c" ] && read -r p <"$c" && grep -qsF -- "$s" "/proc/$p/cmdline" && kill -9 "$p"
echo $$ >"$c"`;

/**
 * -E and -z: no key of the learner's is dtach's. -r winch: the size of the window goes along, and the program is told that it changed, so that
 * it draws what the mirror may have missed (with `none` even the size would be left out).
 */
const OPTIONS = '-E -z -r winch';

const createScript = `d=${FOLDER}; s=$d/$1.sock
[ -d "$d" ] || mkdir -p "$d"${endOldClient}
stty cols "$2" rows "$3"
exec dtach -A "$s" ${OPTIONS} bash`;

const attachScript = `d=${FOLDER}; s=$d/$1.sock
[ -S "$s" ] || exit 1${endOldClient}
stty cols "$2" rows "$3"
exec dtach -a "$s" ${OPTIONS}`;

/** What a shell-to-be says when it waits for its line: id, columns, rows. */
export const WAITING = 'patchbay-waits';

/** Its terminal shows nothing of the line that it is told; from then on it is what `createCommand` makes. */
export const waitingCommand: readonly string[] = [
  'sh',
  '-c',
  `stty -echo; echo ${WAITING}; read -r id cols rows || exit 1; stty echo; set -- "$id" "$cols" "$rows"
${createScript}`,
  'waiting',
];

/**
 * dtach's master dies of SIGTERM, and with it the terminal: the kernel then sends SIGHUP to the shell and to what runs in it.
 * $1 is the socket's name; waits until the socket is gone, two seconds at most.
 */
const endScript = `d=${FOLDER}
end() {
  for p in $(grep -lsF -- "$1" /proc/[0-9]*/cmdline); do
    p=\${p#/proc/}; p=\${p%/cmdline}
    read -r name <"/proc/$p/comm" 2>/dev/null && [ "$name" = dtach ] && kill "$p" 2>/dev/null
  done
  i=0; while [ -S "$1" ] && [ $i -lt 40 ]; do sleep 0.05; i=$((i+1)); done
  rm -f "$1" "\${1%.sock}.client"
}`;

export const createCommand = (terminal: string, size: TerminalSize): string[] => withSize(createScript, terminal, size);

export const attachCommand = (terminal: string, size: TerminalSize): string[] => withSize(attachScript, terminal, size);

/** Ends one shell; succeeds also when there is none. */
export const endCommand = (terminal: string): string[] => [
  'sh',
  '-c',
  `${endScript}\nend "$d/$1.sock"`,
  'end',
  terminal,
];

/** Ends every shell of the node but these, and prints the ids of those that were ended, one a line. */
export const sweepCommand = (keep: readonly string[]): string[] => [
  'sh',
  '-c',
  `${endScript}
for s in "$d"/*.sock; do
  [ -S "$s" ] || continue
  id=\${s##*/}; id=\${id%.sock}
  for k in "$@"; do [ "$k" = "$id" ] && continue 2; done
  end "$s"; echo "$id"
done`,
  'sweep',
  ...keep,
];

const withSize = (script: string, terminal: string, { cols, rows }: TerminalSize): string[] => [
  'sh',
  '-c',
  script,
  'terminal',
  terminal,
  String(cols),
  String(rows),
];
