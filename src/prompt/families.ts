import type { PromptTemplate } from '../domain/settings.ts';

/** Raised whenever the same code would give another prompt, so that answers to older prompts are not reused. */
export const PROMPT_VERSION = 1;

/** How the models of one family are told what stands before and after the cursor. */
export interface Family {
  readonly template: Exclude<PromptTemplate, 'auto'>;
  /** Found in the names of its models, in small letters. */
  readonly names: RegExp;
  /** The prompt; `{prefix}` and `{suffix}` stand for the text around the cursor. */
  readonly layout: string;
  /**
   * The prompt with `{files}` before the file at hand, whose path is `{path}`, and one of those files: `{path}` and
   * `{text}`. Families that were not trained on several files have neither: they are shown comments.
   */
  readonly files?: { readonly layout: string; readonly file: string };
  /** The server is given the suffix by itself and writes the control tokens. */
  readonly suffixApart?: boolean;
  /** What the family's tokenizer reads as control tokens, when it stands in the user's own text. */
  readonly controls: RegExp;
  /** At most four: OpenAI's own servers refuse more. Special tokens that a server never prints need no row here. */
  readonly stop: readonly string[];
}

const BARS = /<\|[\w.-]{1,60}\|>/;
const STARCODER =
  /<(?:fim_(?:prefix|middle|suffix|pad)|file_sep|repo_?name|filename|gh_stars|empty_output|(?:issue|jupyter|commit|pr)(?:_\w{1,30})?|intermediate_to_output|NAME|EMAIL|KEY|PASSWORD)>|<\|endoftext\|>/;
const LLAMA = /<\/?s>|<unk>|<(?:PRE|SUF|MID|EOT)>|\[\/?INST\]|<<\/?SYS>>/;
const DEEPSEEK = /<[|｜][^<>|｜\n]{1,60}[|｜]>/;
const MISTRAL =
  /<\/?s>|<unk>|\[(?:PREFIX|SUFFIX|MIDDLE|\/?INST|\/?AVAILABLE_TOOLS|\/?TOOL_RESULTS|TOOL_CALLS|\/?SYSTEM_PROMPT)\]/;
const GEMMA = /<\|[\w.-]{1,60}\|>|<(?:start_of_turn|end_of_turn|bos|eos|pad|unk|mask)>/;

const STARCODER_FIM = '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>';
const BARS_FIM = '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>';

/**
 * The first row whose pattern is found in the model's name counts. Under a template that the user has chosen a name
 * that no row knows gets the template's last row, which therefore uses what all of them understand.
 */
export const FAMILIES: readonly Family[] = [
  // Hui et al., Qwen2.5-Coder Technical Report, figure 4.
  {
    template: 'qwen',
    names: /qwen[-_.\d]*coder/,
    layout: BARS_FIM,
    files: {
      layout: `<|repo_name|>workspace\n{files}<|file_sep|>{path}\n${BARS_FIM}`,
      file: '<|file_sep|>{path}\n{text}\n',
    },
    controls: BARS,
    stop: ['<|endoftext|>', '<|file_sep|>', '<|repo_name|>', '<|fim_prefix|>'],
  },
  // Lozhkov et al., StarCoder 2 and The Stack v2, section 5.1: the path stands inside the prefix.
  {
    template: 'starcoder',
    names: /starcoder[-_]?2/,
    layout: STARCODER_FIM,
    files: {
      layout:
        '<repo_name>workspace{files}<file_sep><fim_prefix>{path}\n{prefix}<fim_suffix>{suffix}<fim_middle>',
      file: '<file_sep>{path}\n{text}\n',
    },
    controls: STARCODER,
    stop: ['<|endoftext|>', '<file_sep>', '<repo_name>', '<fim_prefix>'],
  },
  {
    template: 'starcoder',
    names: /starcoder|stable-?code|codeqwen/,
    layout: STARCODER_FIM,
    controls: STARCODER,
    stop: ['<|endoftext|>', '<file_sep>', '<filename>', '<fim_prefix>'],
  },
  // The 34B model and the Python models were not trained to fill in.
  {
    template: 'codellama',
    names: /^(?!.*(?:34b|python|phind)).*code-?llama/,
    layout: '<PRE> {prefix} <SUF>{suffix} <MID>',
    controls: LLAMA,
    stop: ['<EOT>', '</s>', '<PRE>', '<SUF>'],
  },
  {
    template: 'deepseek',
    names: /deepseek-?coder/,
    layout: '<｜fim▁begin｜>{prefix}<｜fim▁hole｜>{suffix}<｜fim▁end｜>',
    controls: DEEPSEEK,
    stop: ['<｜end▁of▁sentence｜>', '<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'],
  },
  // The suffix comes first. Codestral Mamba cannot fill in.
  {
    template: 'codestral',
    names: /codestral(?!-(?:mamba|embed))/,
    layout: '[SUFFIX]{suffix}[PREFIX]{prefix}',
    files: {
      layout: '[SUFFIX]{suffix}[PREFIX]{files}+++++ {path}\n{prefix}',
      file: '+++++ {path}\n{text}\n\n',
    },
    controls: MISTRAL,
    stop: ['</s>', '[PREFIX]', '[SUFFIX]', '\n+++++ '],
  },
  {
    template: 'codegemma',
    names: /codegemma/,
    layout: BARS_FIM,
    controls: GEMMA,
    stop: ['<|file_separator|>', '<eos>', '<end_of_turn>', '<|fim_prefix|>'],
  },
  // Granite 4 writes its tokens with bars, the Granite Code models are StarCoder's kin.
  {
    template: 'granite',
    names: /granite-?4/,
    layout: BARS_FIM,
    controls: BARS,
    stop: ['<|end_of_text|>', '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>'],
  },
  {
    template: 'granite',
    names: /granite[-\w.]*code/,
    layout: STARCODER_FIM,
    controls: STARCODER,
    stop: ['<|endoftext|>', '<fim_prefix>', '<fim_suffix>', '<fim_middle>'],
  },
  // Any other model: better no control tokens than wrong ones. The server may use any of the above.
  {
    template: 'suffix',
    names: /(?:)/,
    layout: '{prefix}',
    suffixApart: true,
    controls: anyOf(BARS, STARCODER, LLAMA, DEEPSEEK, MISTRAL, GEMMA),
    stop: [],
  },
];

/** The row for a model; `auto` goes by its name. */
export function familyOf(template: PromptTemplate, modelName: string): Family {
  const rows = template === 'auto' ? FAMILIES : FAMILIES.filter(row => row.template === template);
  const name = modelName.toLowerCase();
  return rows.find(row => row.names.test(name)) ?? rows.at(-1)!;
}

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'));
}
