import { parseArgs } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { messageOf } from '../base/log.ts';
import { type Command, type Input, type Option, UsageError } from './command.ts';

export type Wish =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'run'; readonly command: Command; readonly input: Input; readonly asJson: boolean };

/** Options that every command has. */
const COMMON: Readonly<Record<string, Option>> = {
  json: { help: 'Print one JSON document to stdout and nothing else.' },
  help: { help: 'Show this.' },
};

/**
 * What the user wants, from the arguments behind the program's name.
 * @throws UsageError with one sentence.
 */
export function readCommandLine(args: readonly string[], commands: readonly Command[]): Wish {
  const [name, rest] = nameAmong(args, commands);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [topic] = name === 'help' ? nameAmong(rest, commands) : [];
    return { kind: 'help', text: topic ? commandHelp(find(topic, commands)) : programHelp(commands) };
  }
  if (name === '--version' || name === '-v') return { kind: 'version' };
  const command = find(name, commands);
  const { operands, values } = split(rest, command);
  if (values.help) return { kind: 'help', text: commandHelp(command) };
  const missing = command.operands[operands.length];
  if (missing !== undefined) throw new UsageError(`'wisp ${name}' needs ${missing}.`);
  const extra = operands[command.operands.length];
  if (extra !== undefined) throw new UsageError(`'wisp ${name}' has no use for '${extra}'.`);
  const { json, help: _, ...options } = values;
  return { kind: 'run', command, input: { operands, options }, asJson: json === true };
}

/** The name of a command, of two words if there is one of that name, and the arguments behind it. */
function nameAmong(
  args: readonly string[],
  commands: readonly Command[],
): readonly [string | undefined, readonly string[]] {
  const two = args.slice(0, 2).join(' ');
  const long = commands.some(({ name }) => name.includes(' ') && name === two);
  return long ? [two, args.slice(2)] : [args[0], args.slice(1)];
}

function find(name: string, commands: readonly Command[]): Command {
  const command = commands.find(candidate => candidate.name === name);
  if (command) return command;
  const near = commands.find(candidate => distance(candidate.name, name) <= 2);
  const hint = near ? ` Did you mean '${near.name}'?` : '';
  throw new UsageError(`There is no command '${name}'.${hint}`);
}

function split(args: readonly string[], command: Command) {
  const known = { ...command.options, ...COMMON };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(known).map(([name, { value, repeated }]) => [
          name,
          {
            type: value === undefined ? 'boolean' : 'string',
            multiple: repeated === true,
            ...(name === 'help' ? { short: 'h' } : {}),
          },
        ]),
      ),
    });
    return { operands: positionals, values: values as Input['options'] };
  } catch (error) {
    // Node's sentence names the option; what it goes on to say is about quoting operands that look like options.
    const [sentence] = messageOf(error).split(/\. |\n/);
    throw new UsageError(`${sentence?.replace(/\.$/, '')}.`);
  }
}

function programHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(command => command.name.length));
  return [
    'Wisp completes code from your own repository; this is the same engine in a terminal.',
    '',
    'Usage: wisp COMMAND [ARGUMENTS] [--json]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    "'wisp COMMAND --help' says more. Lines and columns count from 1, columns in UTF-16 units.",
    'Exit codes: 0 done, 1 failed, 2 wrong usage.',
  ].join('\n');
}

function commandHelp({ name, operands, summary, options, notes }: Command): string {
  const rows = Object.entries({ ...options, ...COMMON }).map(
    ([option, { value, help }]) => [`--${option}${value ? ` ${value}` : ''}`, help] as const,
  );
  const width = Math.max(...rows.map(([option]) => option.length));
  return [
    summary,
    '',
    `Usage: wisp ${[name, ...operands].join(' ')} [OPTIONS]`,
    '',
    ...rows.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`),
    ...(notes ? ['', notes] : []),
  ].join('\n');
}
