import { open } from 'node:fs/promises';
import * as v from 'valibot';
import { messageOf } from '../base/log.ts';
import type { CheckReport } from '../domain/check.ts';
import { type Command, textOption, UsageError } from './command.ts';
import { withBareEngine } from './engine.ts';
import { counted, milliseconds } from './layout.ts';

export const checkCommand: Command = {
  name: 'check',
  operands: [],
  summary: 'Judge texts as if a model had suggested them.',
  options: { batch: { value: 'FILE.jsonl', help: 'Judge these, one JSON object a line.' } },
  notes: `A line is {id, path, language, prefix, text, suffix}: text is judged at the place between prefix and suffix, in a
document of that path and VS Code language id. For each line comes {id, verdict, text, guard, reason, ms} in the same
order: verdict is kept, repaired, refused or undecided, text what may be shown, guard the guard that decided.`,
  async run(input, host) {
    const file = textOption(input, 'batch');
    if (file === undefined) throw new UsageError("'wisp check' needs --batch FILE.jsonl.");
    const checks = await withBareEngine(host, async engine => {
      const results: Check[] = [];
      for await (const { id, language, ...place } of candidatesIn(file)) {
        host.signal.throwIfAborted();
        const { parses: _, doubts: __, ...report } = await engine.check({ ...place, languageId: language });
        results.push({ id, ...report });
      }
      return results;
    });
    return { json: checks, text: told(checks) };
  },
};

type Check = { readonly id: string } & Omit<CheckReport, 'parses' | 'doubts'>;

const text = v.string('must be a string');
const CandidateSchema = v.object({
  id: v.pipe(text, v.minLength(1, 'must not be empty')),
  path: v.pipe(text, v.minLength(1, 'must not be empty')),
  language: v.pipe(text, v.minLength(1, 'must be a VS Code language id')),
  prefix: text,
  text,
  suffix: text,
});
type Candidate = v.InferOutput<typeof CandidateSchema>;

/** Read line by line, for every line holds a whole document. */
async function* candidatesIn(file: string): AsyncGenerator<Candidate> {
  let number = 0;
  try {
    for await (const line of (await open(file)).readLines()) {
      number++;
      if (line.trim() !== '') yield parseLine(line, `${file}: Line ${number}`);
    }
  } catch (error) {
    const unread = error instanceof Error && 'code' in error;
    throw unread ? new Error(`The suggestions in ${file} cannot be read: ${messageOf(error)}`) : error;
  }
}

function parseLine(line: string, where: string): Candidate {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`${where} is no suggestion: it is not JSON (${messageOf(error)}).`);
  }
  const result = v.safeParse(CandidateSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const member = v.getDotPath(issue);
  if (!member) throw new Error(`${where} is no suggestion: it is not a JSON object.`);
  const what = issue.received === 'undefined' ? 'is missing' : issue.message;
  throw new Error(`${where} is no suggestion: '${member}' ${what}.`);
}

function told(checks: readonly Check[]): string {
  const rows = checks.map(({ id, verdict, guard, reason, ms }) => {
    const why = guard === null ? '' : ` by ${guard}: ${reason}`;
    return `${id}: ${verdict}${why} (${milliseconds(ms)})`;
  });
  const count = (wanted: string) => checks.filter(({ verdict }) => verdict === wanted).length;
  const counts = ['kept', 'repaired', 'refused', 'undecided'].map(verdict => `${count(verdict)} ${verdict}`);
  return [...rows, `${counted(checks.length, 'suggestion')}: ${counts.join(', ')}.`].join('\n');
}
