import { languageOf, languageOfPath } from '../../domain/languages.ts';
import type { CompletionContext } from '../../domain/request.ts';
import { isNewline } from '../../indexing/lexer.ts';
import type { TokenStore } from '../../indexing/tokenStore.ts';
import { MOST_BELOW } from './agreementBelow.ts';
import type { Sources } from './evidence.ts';
import { type Found, type Given, givenBy } from './given.ts';
import { linesNotIn } from './lineKeys.ts';
import { LinkedTokens } from './linkedTokens.ts';
import { MadeNames, type Words } from './madeNames.ts';
import { OpenFile, type OpenFileView } from './openFile.ts';
import { Past } from './past.ts';
import { type Declaring, declaringOf, Scope } from './scope.ts';
import { TypedWords } from './typedWords.ts';

/** What the model needs of the index. */
export interface WorkspaceTokens {
  readonly vocabulary: Words & { readonly size: number; intern(text: string): number };
  store(family: string): TokenStore;
  tokenRange(path: string): { readonly start: number; readonly end: number } | undefined;
  readonly edited: { readonly paths: readonly string[]; before(path: string): Uint32Array | undefined };
  tokenStretches(family: string, accept: (path: string) => boolean): Int32Array;
  placeAt(family: string, place: number): { readonly path: string; readonly line: number } | undefined;
  generationWithout(path: string): number;
}

/** Finds what is like a place in the rest of the workspace; undefined if nobody is asked. */
export type Retrieve = (context: CompletionContext) => Found | undefined;

/** A place in a document as the model sees it. */
export interface Question {
  readonly family: string;
  readonly file: OpenFile;
  readonly view: OpenFileView;
  readonly past: Past;
  readonly sources: Sources;
  readonly names: MadeNames;
}

/** Tokens before the line that are looked at: as far as brackets are sought that are still open. */
const PAST_TOKENS = 256;
/** Mirrored documents; an editor rarely has more tabs in use. */
const MOST_OPEN_FILES = 64;

/** Turns documents and positions into questions, keeping what is the same from one question to the next. */
export class Questions {
  readonly #current: () => WorkspaceTokens;
  readonly #retrieve: Retrieve;
  #found: KnownFound | undefined;
  #workspace: WorkspaceTokens;
  #words: TypedWords;
  #declaring: Declaring;
  readonly #files = new Map<string, OpenFile>();
  #known: { readonly key: string; readonly store: TokenStore; readonly around: Around } | undefined;

  constructor(current: () => WorkspaceTokens, retrieve: Retrieve = () => undefined) {
    this.#current = current;
    this.#retrieve = retrieve;
    this.#workspace = current();
    this.#words = new TypedWords(this.#workspace.vocabulary);
    this.#declaring = declaringOf(this.#workspace.vocabulary);
  }

  get workspace(): WorkspaceTokens {
    return this.#workspace;
  }

  /** @param room tokens that may be pushed to the past. */
  ask(context: CompletionContext, room: number): Question {
    const { document, position } = context;
    const file = this.file(document.uri, document.text);
    const family = languageOf(document.languageId).family;
    const names = new MadeNames(this.#workspace.vocabulary);
    const view = file.view(position);
    const missing = document.opened && file.missingOf(document.opened.text);
    const { above, below, lineStart } = view;
    const from = Math.max(0, lineStart - PAST_TOKENS);
    const past = new Past(above.tokens.subarray(from), lineStart - from, room);
    const sources = {
      above,
      below,
      store: this.#workspace.store(family),
      own: this.#workspace.tokenRange(document.path),
      deleted: missing?.keys.size ? missing.tokens : undefined,
      deletedLines: missing?.keys,
      nextLine: firstLineOf(below.tokens),
      scope: new Scope(
        { tokens: above.tokens, lines: view.linesAbove },
        { tokens: below.tokens, lines: view.linesBelow },
        view.indent,
        this.#declaring,
      ),
      ...this.#around(document.path, family),
      given: this.#givenAt(context, family),
      typed: this.typedWord(view.partial, family, names),
    };
    return { family, file, view, past, sources, names };
  }

  /** What retrieval finds where the line begins; the same as long as that line is written. */
  #givenAt(context: CompletionContext, family: string): Given | undefined {
    const start = lineStartOf(context);
    const { uri, path } = context.document;
    const key = `${this.#workspace.generationWithout(path)} ${start.position.line} ${uri}`;
    const store = this.#workspace.store(family);
    const known = this.#found;
    if (known?.key === key && known.above === start.prefix && known.store === store) return known.given;
    const found = this.#retrieve(start);
    const given = found && givenBy(found, store);
    this.#found = { key, above: start.prefix, store, given };
    return given;
  }

  typedWord(text: string, family: string, names: MadeNames): Sources['typed'] {
    if (text === '') return undefined;
    const known = new Map<number, boolean>();
    const fits = (id: number) => {
      let fitting = known.get(id);
      if (fitting === undefined) {
        fitting = names.text(id).startsWith(text);
        known.set(id, fitting);
      }
      return fitting;
    };
    const store = this.#workspace.store(family);
    return {
      text,
      id: names.idOf(text),
      fits,
      words: this.#words.beginningWith(text, id => store.count(id)),
    };
  }

  /** A document as the model sees it. */
  file(uri: string, text: string): OpenFile {
    this.#follow();
    return this.#file(uri, text);
  }

  close(uri: string): void {
    this.#files.delete(uri);
  }

  /** Lexed lines hold ids of one vocabulary and mean nothing in another. */
  #follow(): void {
    const current = this.#current();
    if (current.vocabulary !== this.#workspace.vocabulary) {
      this.#files.clear();
      this.#words = new TypedWords(current.vocabulary);
      this.#declaring = declaringOf(current.vocabulary);
      this.#known = undefined;
      this.#found = undefined;
    }
    this.#workspace = current;
  }

  #file(uri: string, text: string): OpenFile {
    let file = this.#files.get(uri);
    if (!file) {
      file = new OpenFile(this.#workspace.vocabulary);
      if (this.#files.size >= MOST_OPEN_FILES) this.#files.delete(this.#files.keys().next().value!);
      this.#files.set(uri, file);
    }
    file.update(text);
    return file;
  }

  /** What other files have to say, which stays the same while only this one is edited. */
  #around(path: string, family: string): Around {
    const store = this.#workspace.store(family);
    const key = `${this.#workspace.generationWithout(path)} ${path}`;
    if (this.#known?.key === key && this.#known.store === store) return this.#known.around;
    const around = { near: this.#nearTo(path, family), session: this.#session(path, family) };
    this.#known = { key, store, around };
    return around;
  }

  /** Files of the same folder, and files that belong together by name wherever they are, such as tests. */
  #nearTo(path: string, family: string): Int32Array {
    const folder = folderOf(path);
    const stem = stemOf(path);
    return this.#workspace.tokenStretches(
      family,
      other => folderOf(other) === folder || stemOf(other) === stem,
    );
  }

  /** The lines that were added to other files in this session, those that were edited last at the end. */
  #session(path: string, family: string): LinkedTokens | undefined {
    const linked = new LinkedTokens();
    const { edited } = this.#workspace;
    const { tokens } = this.#workspace.store(family);
    const isOther = (other: string) => other !== path && languageOfPath(other)?.family === family;
    for (const other of edited.paths.filter(isOther).slice(-MOST_EDITED)) {
      const range = this.#workspace.tokenRange(other);
      const before = edited.before(other);
      if (!range || !before) continue;
      const { start, end } = range;
      const added = linesNotIn(tokens.slice(start, end), before);
      if (added.length <= MOST_ADDED) linked.append(added, 0);
    }
    linked.link(0);
    return linked.length > 0 ? linked : undefined;
  }
}

/** Edited files that are listened to, and added tokens of one: more were not typed by hand. */
const MOST_EDITED = 16;
const MOST_ADDED = 6_000;

/** What is known of the files around one. */
type Around = Pick<Sources, 'near' | 'session'>;

/** What was found where a line began. */
interface KnownFound {
  readonly key: string;
  /** All that stands above the line. */
  readonly above: string;
  readonly store: TokenStore;
  readonly given: Given | undefined;
}

/** The place where the cursor's line begins, as if nothing stood on the line yet. */
function lineStartOf(context: CompletionContext): CompletionContext {
  const { position, prefix, suffix } = context;
  const rest = suffix.indexOf('\n');
  return {
    ...context,
    position: { line: position.line, character: 0 },
    prefix: prefix.slice(0, prefix.lastIndexOf('\n') + 1),
    suffix: rest < 0 ? '' : suffix.slice(rest),
  };
}

/** The first tokens of the first line. */
function firstLineOf(tokens: Uint32Array): Uint32Array {
  const end = tokens.findIndex((token, i) => i === MOST_BELOW || isNewline(token));
  return tokens.subarray(0, end < 0 ? Math.min(MOST_BELOW, tokens.length) : end);
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** `users` for `src/users.ts`, `test/users.test.ts`, `users_test.go` and `tests/test_users.py`. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
  return name.replace(/^test_|[_-](?:test|spec)s?$/, '');
}
