import type { ContentChange } from '../domain/document.ts';

/** Lines that the user was at, from 1, both ends included. */
export interface TrailStep {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'edited' | 'visited' | 'copied';
}

/** What following a document needs of it. */
export interface FollowedDocument {
  readonly path: string;
  /** Absolute path on disk, if it has one. */
  readonly file: string | undefined;
  readonly dirty: boolean;
  readonly text: string;
}

/** Steps remembered: some minutes of work. */
const MOST_STEPS = 64;
const MOST_FILES = 24;
/** Steps this near to each other, in lines, are one. */
const NEAR = 5;

/** Where the user was in this session: edits, visits and copies, the last one first. */
export class Trail {
  readonly #savedText: (file: string) => string | undefined;
  #steps: TrailStep[] = [];
  /** The file that was last touched stands first. */
  #files: string[] = [];

  /** `savedText` gives a file's text as it was saved last, without waiting; undefined if there is none. */
  constructor(savedText: (file: string) => string | undefined = () => undefined) {
    this.#savedText = savedText;
  }

  /** The last step first. */
  get steps(): readonly TrailStep[] {
    return this.#steps;
  }

  /** Files that were opened or touched, the last one first. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** An edit of a document; steps below it move along. */
  edited(path: string, changes: readonly ContentChange[]): void {
    for (const { range, text } of changes) {
      const first = range.start.line + 1;
      const added = text.split('\n').length - 1;
      const shift = added - (range.end.line - range.start.line);
      if (shift !== 0) {
        this.#steps = this.#steps.map(step =>
          step.path === path && step.startLine > first
            ? { ...step, startLine: step.startLine + shift, endLine: step.endLine + shift }
            : step,
        );
      }
      this.#add({ path, startLine: first, endLine: first + added, kind: 'edited' });
    }
  }

  /** A document came up. With unsaved text it was edited where it differs from the disk. */
  follow({ path, file, dirty, text }: FollowedDocument): void {
    if (dirty && file !== undefined) this.openedUnsaved(path, text, this.#savedText(file) ?? '');
    this.opened(path);
  }

  /** A document came up, at no line in particular. */
  opened(path: string): void {
    if (!this.#files.includes(path)) this.#touch(path);
  }

  visited(path: string, line: number): void {
    this.#add({ path, startLine: line, endLine: line, kind: 'visited' });
  }

  copied(path: string, startLine: number, endLine: number): void {
    this.#add({ path, startLine, endLine, kind: 'copied' });
  }

  /** Unsaved text of a document that was opened so: what differs from the disk was edited. */
  openedUnsaved(path: string, text: string, saved: string): void {
    const before = new Set(saved.split('\n').map(line => line.trim()));
    const lines = text.split('\n');
    for (let line = 0; line < lines.length; line++) {
      if (before.has(lines[line]!.trim())) continue;
      const start = line;
      while (line + 1 < lines.length && !before.has(lines[line + 1]!.trim())) line++;
      this.#add({ path, startLine: start + 1, endLine: line + 1, kind: 'edited' });
    }
  }

  /** Forgets what is not there any more. */
  forget(path: string): void {
    this.#steps = this.#steps.filter(step => step.path !== path);
    this.#files = this.#files.filter(file => file !== path);
  }

  clear(): void {
    this.#steps = [];
    this.#files = [];
  }

  #touch(path: string): void {
    this.#files = [path, ...this.#files.filter(file => file !== path)].slice(0, MOST_FILES);
  }

  #add(step: TrailStep): void {
    this.#touch(step.path);
    const near = this.#steps.findIndex(
      other =>
        other.path === step.path &&
        other.kind === step.kind &&
        other.startLine <= step.endLine + NEAR &&
        step.startLine <= other.endLine + NEAR,
    );
    const joined = near < 0 ? step : joinedSteps(this.#steps[near]!, step);
    if (near >= 0) this.#steps.splice(near, 1);
    this.#steps.unshift(joined);
    if (this.#steps.length > MOST_STEPS) this.#steps.pop();
  }
}

function joinedSteps(one: TrailStep, other: TrailStep): TrailStep {
  const startLine = Math.min(one.startLine, other.startLine);
  const endLine = Math.max(one.endLine, other.endLine);
  return { ...other, startLine, endLine };
}
