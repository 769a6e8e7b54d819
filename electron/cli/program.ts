import { Command, CommanderError } from 'commander';
import { ZodError } from 'zod';
import { LabError } from '../contract/error.ts';
import { EXIT, type Exit, exitOfError } from './exitCode.ts';
import { failureText } from './failureText.ts';
import type { Context, Verb } from './verb.ts';
import { verbs } from './verbs.ts';

/** Runs one command line (without `node` and the program's name) and answers its exit code. Never throws. */
export async function runCommandLine(words: readonly string[], version: string, context: Context): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const program = new Command('patchbay')
    .description('Labs for container and Kubernetes networking, graded from the live environment.')
    .version(version, '-v, --version')
    .helpCommand(false)
    .showHelpAfterError('(patchbay --help, or patchbay VERB --help, says how)')
    .addHelpText('after', EPILOGUE)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.output.stdout.write(text),
      writeErr: (text) => context.output.stderr.write(text),
    });
  for (const verb of verbs) {
    const command = declare(program, verb);
    command.action(async () => {
      exit = await perform(verb, command, context);
    });
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    throw error;
  }
}

const EPILOGUE = `
Exit codes: 0 done or passed, 1 not passed, 2 usage or bad input, 3 environment or grading error.
A LAB is its id, or a path to its folder. A RUN is what \`patchbay run\` and \`patchbay runs\` print.`;

function declare(program: Command, verb: Verb): Command {
  const command = program
    .command(verb.name, { hidden: verb.hidden })
    .description(verb.says)
    .exitOverride()
    .addHelpText('after', examplesText(verb));
  for (const [syntax, says] of verb.args) command.argument(syntax, says);
  for (const [syntax, says] of verb.flags) command.option(syntax, says);
  return command;
}

function examplesText({ examples }: Verb): string {
  if (examples.length === 0) return '';
  const width = Math.max(...examples.map(([line]) => line.length));
  return `\nExamples:\n${examples.map(([line, says]) => `  ${line.padEnd(width)}  ${says}`).join('\n')}`;
}

async function perform(verb: Verb, command: Command, context: Context): Promise<Exit> {
  const flags: Record<string, unknown> = command.opts();
  try {
    return await verb.run(context, command.processedArgs, flags);
  } catch (thrown) {
    const error = thrown instanceof ZodError ? usageError(verb, thrown) : LabError.from(thrown);
    if (flags.json === true) context.output.json({ error: error.toView() });
    else context.output.note(failureText(error, context.output));
    return exitOfError(error.code);
  }
}

function usageError(verb: Verb, error: ZodError): LabError {
  const said = error.issues.map(({ path, message }) => `${wordOf(verb, path[0])}: ${message}`);
  return new LabError('bad-input', said.join('\n'), { hint: `\`patchbay ${verb.name} --help\` says how.` });
}

const wordOf = (verb: Verb, key: PropertyKey | undefined): string =>
  typeof key === 'number' ? (verb.args[key]?.[0] ?? verb.name) : key === undefined ? verb.name : `--${String(key)}`;
