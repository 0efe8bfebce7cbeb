import type { Language } from '../domain/languages.ts';

/** Lines that say nothing about a program's logic are told apart, so that they never hide how code is completed. */
export type LineKind = 'blank' | 'code' | 'brackets' | 'import' | 'comment';

/** The kind of every line of a file, told by how lines begin and with no grammar; white space around is passed over. */
export function lineKinds(lines: readonly string[], language: Language): LineKind[] {
  let until: { readonly kind: LineKind; readonly closes: (line: string) => boolean } | undefined;
  return lines.map(whole => {
    const line = whole.trim();
    if (until) {
      const { kind, closes } = until;
      if (closes(line)) until = undefined;
      return line === '' ? 'blank' : kind;
    }
    if (line === '') return 'blank';
    const block = blockCommentAt(line, language);
    if (block) {
      if (!line.slice(block.opener.length).includes(block.closer)) {
        until = { kind: 'comment', closes: later => later.includes(block.closer) };
      }
      return 'comment';
    }
    if (language.lineComment && line.startsWith(language.lineComment)) return 'comment';
    if (IMPORTS[language.family]?.test(line)) {
      // `import {` or `from x import (` with one name a line.
      const closer = line.endsWith('{') ? '}' : line.endsWith('(') ? ')' : undefined;
      if (closer) until = { kind: 'import', closes: later => later.includes(closer) };
      return 'import';
    }
    return BRACKETS.test(line) ? 'brackets' : 'code';
  });
}

const BRACKETS = /^(?:[()[\]{}<>;,:\s]+|(?:end|fi|done|esac)[)\]};,\s]*)$/;

const IMPORTS: Readonly<Record<string, RegExp>> = {
  js: /^(?:import\b(?!\s*[(.])|export\b.*\bfrom\s*['"]|(?:const|let|var)\b.*=\s*require\()/,
  python: /^(?:import|from)\s/,
  // A line that is one string is a path within `import ( … )`.
  go: /^(?:import\b|package\b|(?:[\w.]+\s+)?"[^"]*"$)/,
  rust: /^(?:pub(?:\([^)]*\))?\s+)?(?:use\s|extern\s+crate\s|mod\s+\w+;)/,
  java: /^(?:import|package)\s/,
  kotlin: /^(?:import|package)\s/,
  scala: /^(?:import|package)\s/,
  c: /^#\s*(?:include|import|pragma)\b/,
  csharp: /^(?:global\s+)?using\s+[\w.=\s]+;/,
  ruby: /^require(?:_relative)?\b/,
  php: /^(?:use|namespace|require|include)(?:_once)?\b/,
  dart: /^(?:import|export|part)\s/,
  swift: /^import\s/,
  haskell: /^(?:import|module)\s/,
};

const SLASH_STAR = new Set('js go rust java c csharp php css kotlin swift scala dart sql'.split(' '));

/** A comment of many lines that begins where the line does; a string that stands alone in Python is one too. */
function blockCommentAt(line: string, { family }: Language): { opener: string; closer: string } | undefined {
  if (SLASH_STAR.has(family) && line.startsWith('/*')) return { opener: '/*', closer: '*/' };
  if (family === 'html' && line.startsWith('<!--')) return { opener: '<!--', closer: '-->' };
  if (family === 'python') {
    const docstring = /^[rRuU]?("""|''')/.exec(line);
    if (docstring) return { opener: docstring[0], closer: docstring[1]! };
  }
  return undefined;
}
