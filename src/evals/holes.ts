import * as v from 'valibot';
import { messageOf } from '../base/log.ts';

const required = v.string('must be a string');

const HoleSchema = v.object({
  id: v.pipe(required, v.minLength(1, 'must not be empty')),
  path: v.pipe(
    required,
    v.check(isInside, 'must be a slash-separated path within the workspace, such as src/a.ts'),
  ),
  prefix: required,
  suffix: required,
  target: v.pipe(
    required,
    v.check(target => target.trim() !== '', 'must not be blank'),
  ),
  language: v.pipe(required, v.minLength(1, 'must be a VS Code language id')),
  exclude: v.optional(v.array(v.pipe(required, v.check(isInside, 'must hold paths within the workspace')))),
  class: v.optional(v.pipe(required, v.minLength(1, 'must not be empty'))),
});

/**
 * A place where a text is missing. `prefix` + `suffix` stand for the file's text while it is asked, `target` is what
 * stood between them, and the files of `exclude` are out of the index meanwhile.
 */
export type Hole = v.InferOutput<typeof HoleSchema> & {
  /** The file's text when its author began, where that is known: what of it is not there any more was deleted. */
  readonly before?: string | undefined;
};

/**
 * The holes of a JSONL text, in order; blank lines are passed over and unknown members are left out.
 * @throws one sentence with the number of the first line that is no hole, counted from 1.
 */
export function parseHoles(text: string): readonly Hole[] {
  const lineOfId = new Map<string, number>();
  const holes: Hole[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const hole = parseLine(line, i + 1);
    const earlier = lineOfId.get(hole.id);
    if (earlier !== undefined) {
      throw new Error(`Line ${i + 1} is no hole: its id '${hole.id}' is that of line ${earlier}.`);
    }
    lineOfId.set(hole.id, i + 1);
    holes.push(hole);
  }
  return holes;
}

/** The hole's own class, or what can be told from its texts. */
export function classOf(hole: Hole): string {
  if (hole.class) return hole.class;
  if (hole.target.trimEnd().includes('\n')) return 'multi-line';
  return /(?:^|\n)[ \t]*$/.test(hole.prefix) ? 'line-start' : 'mid-line';
}

function parseLine(line: string, number: number): Hole {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`Line ${number} is no hole: it is not JSON (${messageOf(error)}).`);
  }
  const result = v.safeParse(HoleSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const where = v.getDotPath(issue);
  if (!where) throw new Error(`Line ${number} is no hole: it is not a JSON object.`);
  const what = issue.received === 'undefined' ? 'is missing' : issue.message;
  throw new Error(`Line ${number} is no hole: '${where}' ${what}.`);
}

function isInside(path: string): boolean {
  return /^[^/\\]/.test(path) && !path.split('/').some(part => part === '..' || part === '.' || part === '');
}
