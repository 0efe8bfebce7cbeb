/** What Wisp knows of a language besides its queries in `syntaxes/`. A language is a row here, never an `if`. */
export interface Language {
  /** The VS Code language id. */
  readonly id: string;
  /** Languages of one family share the workspace model's token statistics. */
  readonly family: string;
  readonly extensions: readonly string[];
  readonly filenames?: readonly string[];
  /** Base name of `dist/grammars/*.wasm`; without one, chunks are cut by lines and syntax is not checked. */
  readonly grammar?: string;
  /** Languages that may be written inside it, in elements such as `script`. */
  readonly embeds?: readonly string[];
  readonly lineComment?: string;
  /** Begins lines such as `#if`, whose other half may stand anywhere. */
  readonly directive?: string;
  /** Quotes that, three on end, hold text of several lines. */
  readonly tripleQuotes?: string;
  /** Quotes whose strings may go on behind a line break. */
  readonly longStrings?: string;
  /** A word behind `<<` ends a text that begins on the next line. */
  readonly heredocs?: boolean;
  /** `#` begins a comment only behind white space, `)` ends a pattern, and backticks are brackets. */
  readonly isShell?: boolean;
  /** What its grammar does not know, and what it may be read as. */
  readonly opaque?: readonly { readonly pattern: RegExp; readonly as: string }[];
  /** What a line ends with that is not the last of something, where there is nothing else. */
  readonly lineBreaks?: RegExp;
  /** An apostrophe may begin the name of a lifetime. */
  readonly lifetimes?: boolean;
  /** Has macros that a grammar cannot know. */
  readonly macros?: boolean;
  /** Blocks are told by indentation alone. */
  readonly indented?: boolean;
  /** Blocks that words open and close: what a line that opens one looks like, and the word that closes it. */
  readonly blocks?: readonly { readonly opens: RegExp; readonly end: string }[];
}

const RUBY_BLOCK =
  /^\s*(?:(?:private|protected|public|module_function)\s+)?(?:def(?!.*\)?\s=\s)|class|module|if|unless|while|until|case|begin|for)\b|(?:=|<<|\(|\breturn)\s*(?:if|unless|case|begin)\b|\bdo\s*(?:\|[^|]*\|\s*)?$/;

const IN_HTML = ['javascript', 'typescript', 'css', 'json'];

export const LANGUAGES: readonly Language[] = [
  {
    id: 'typescript',
    family: 'js',
    extensions: ['.ts', '.mts', '.cts'],
    grammar: 'typescript',
    lineComment: '//',
  },
  { id: 'typescriptreact', family: 'js', extensions: ['.tsx'], grammar: 'tsx', lineComment: '//' },
  {
    id: 'javascript',
    family: 'js',
    extensions: ['.js', '.mjs', '.cjs'],
    grammar: 'javascript',
    lineComment: '//',
  },
  { id: 'javascriptreact', family: 'js', extensions: ['.jsx'], grammar: 'javascript', lineComment: '//' },
  {
    id: 'python',
    family: 'python',
    extensions: ['.py', '.pyi'],
    grammar: 'python',
    lineComment: '#',
    indented: true,
    tripleQuotes: `"'`,
  },
  { id: 'go', family: 'go', extensions: ['.go'], grammar: 'go', lineComment: '//' },
  {
    id: 'rust',
    family: 'rust',
    extensions: ['.rs'],
    grammar: 'rust',
    lineComment: '//',
    lifetimes: true,
  },
  {
    id: 'java',
    family: 'java',
    extensions: ['.java'],
    grammar: 'java',
    lineComment: '//',
    tripleQuotes: '"',
  },
  {
    id: 'c',
    family: 'c',
    extensions: ['.c'],
    grammar: 'c',
    lineComment: '//',
    directive: '#',
    macros: true,
  },
  {
    id: 'cpp',
    family: 'c',
    extensions: ['.cc', '.cpp', '.cxx', '.h', '.hpp', '.hh'],
    grammar: 'cpp',
    lineComment: '//',
    directive: '#',
    macros: true,
    opaque: [{ pattern: /(?<=")_[a-z]\w*/g, as: '' }],
  },
  {
    id: 'csharp',
    family: 'csharp',
    extensions: ['.cs'],
    grammar: 'c-sharp',
    lineComment: '//',
    tripleQuotes: '"',
    directive: '#',
  },
  {
    id: 'ruby',
    family: 'ruby',
    extensions: ['.rb', '.rake'],
    filenames: ['Rakefile', 'Gemfile'],
    grammar: 'ruby',
    lineComment: '#',
    heredocs: true,
    blocks: [{ opens: RUBY_BLOCK, end: 'end' }],
  },
  { id: 'php', family: 'php', extensions: ['.php'], grammar: 'php', lineComment: '//', heredocs: true },
  {
    id: 'shellscript',
    family: 'shell',
    extensions: ['.sh', '.bash'],
    grammar: 'bash',
    lineComment: '#',
    longStrings: `"'`,
    heredocs: true,
    isShell: true,
    blocks: [
      { opens: /^\s*if\b/, end: 'fi' },
      { opens: /(?:^|[|;&])\s*(?:for|while|until|select)\b/, end: 'done' },
      { opens: /^\s*case\b/, end: 'esac' },
    ],
  },
  {
    id: 'css',
    family: 'css',
    extensions: ['.css'],
    grammar: 'css',
    lineBreaks: /[{(,]\s*$/,
    opaque: [{ pattern: /url\([^)"'\n]*\)/g, as: 'url("")' }],
  },
  {
    id: 'html',
    family: 'html',
    extensions: ['.html', '.htm'],
    grammar: 'html',
    embeds: IN_HTML,
    opaque: [{ pattern: /<%.*?%>|\{%.*?%\}|\{\{.*?\}\}/g, as: '' }],
  },
  { id: 'json', family: 'json', extensions: ['.json'], grammar: 'json', lineBreaks: /[{[,]\s*$/ },
  { id: 'jsonc', family: 'json', extensions: ['.jsonc', '.code-workspace'] },
  { id: 'scss', family: 'css', extensions: ['.scss'], lineComment: '//' },
  { id: 'less', family: 'css', extensions: ['.less'], lineComment: '//' },
  { id: 'vue', family: 'html', extensions: ['.vue'], embeds: IN_HTML },
  { id: 'svelte', family: 'html', extensions: ['.svelte'], embeds: IN_HTML },
  { id: 'kotlin', family: 'kotlin', extensions: ['.kt', '.kts'], lineComment: '//', tripleQuotes: '"' },
  { id: 'swift', family: 'swift', extensions: ['.swift'], lineComment: '//', tripleQuotes: '"' },
  { id: 'scala', family: 'scala', extensions: ['.scala'], lineComment: '//', tripleQuotes: '"' },
  { id: 'dart', family: 'dart', extensions: ['.dart'], lineComment: '//' },
  { id: 'lua', family: 'lua', extensions: ['.lua'], lineComment: '--' },
  { id: 'elixir', family: 'elixir', extensions: ['.ex', '.exs'], lineComment: '#' },
  { id: 'haskell', family: 'haskell', extensions: ['.hs'], lineComment: '--', indented: true },
  { id: 'sql', family: 'sql', extensions: ['.sql'], lineComment: '--' },
  { id: 'yaml', family: 'yaml', extensions: ['.yaml', '.yml'], lineComment: '#', indented: true },
  { id: 'toml', family: 'toml', extensions: ['.toml'], lineComment: '#' },
  {
    id: 'dockerfile',
    family: 'docker',
    extensions: ['.dockerfile'],
    filenames: ['Dockerfile'],
    lineComment: '#',
  },
  {
    id: 'makefile',
    family: 'make',
    extensions: ['.mk'],
    filenames: ['Makefile', 'makefile'],
    lineComment: '#',
  },
  { id: 'markdown', family: 'prose', extensions: ['.md'] },
];

const byId = new Map(LANGUAGES.map(language => [language.id, language]));
const byEnding = new Map(
  LANGUAGES.flatMap(language =>
    [...language.extensions, ...(language.filenames ?? [])].map(ending => [ending, language] as const),
  ),
);

/** The row of a VS Code language id; an unknown language is its own family and has no grammar. */
export function languageOf(id: string): Language {
  return byId.get(id) ?? { id, family: id, extensions: [] };
}

/** The grammars that a document of this language may need. */
export function grammarsOf({ grammar, embeds = [] }: Language): readonly string[] {
  return [grammar, ...embeds.map(id => languageOf(id).grammar)].filter(name => name !== undefined);
}

/** The language of a file by its name, or undefined if Wisp does not index such files. */
export function languageOfPath(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return byEnding.get(name) ?? (dot >= 0 ? byEnding.get(name.slice(dot).toLowerCase()) : undefined);
}
