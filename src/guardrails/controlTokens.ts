import { type Guard, KEPT } from './guard.ts';

/**
 * Words that models say to themselves: control tokens of the known families (fill-in-the-middle, chat, end of text),
 * thoughts, and the fences of a chat answer. A token that the document itself holds is code there, not a signal.
 */
export const controlTokens: Guard = {
  name: 'controlTokens',
  judge({ text, context }) {
    const steps: string[] = [];
    let left = text;
    const step = (name: string, next: string) => {
      if (next !== left) steps.push(name);
      left = next;
    };
    step('left out the thinking', left.replace(/^\s*<think>[\s\S]*?(?:<\/think>\s*|$)/, ''));
    if (context.document.languageId !== 'markdown') step('took it out of its code fence', unfenced(left));
    step('cut at a control token', cutAtToken(left, context.document.text));
    if (steps.length === 0) return KEPT;
    if (left.trim() === '') return { kind: 'refused', reason: 'it holds nothing but control tokens' };
    return { kind: 'repaired', text: left, step: steps.join(', ') };
  },
};

const TOKEN = new RegExp(
  [
    // <|fim_prefix|>, <|endoftext|>, <|im_end|>, <|eot_id|>, <|file_sep|>, …
    String.raw`<\|[a-z_]{2,30}\|>`,
    // DeepSeek writes wide bars: <｜fim▁begin｜>, <｜end▁of▁sentence｜>.
    '<｜[a-z▁]{2,30}｜>',
    // StarCoder, SantaCoder, Granite.
    '<(?:fim[_-](?:prefix|suffix|middle|pad)|file_sep|repo_name|filename|reponame|issue_start|jupyter_start|empty_output)>',
    // Code Llama, and Gemma's turns.
    '▁?<(?:PRE|SUF|MID|EOT|EOD|EOM)>',
    '<(?:bos|eos|pad|start_of_turn|end_of_turn)>',
    // Mistral and Codestral.
    String.raw`\[/?(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|PREFIX|SUFFIX|MIDDLE)\]`,
    '<<SYS>>|<</SYS>>',
    // The end of a sequence; elsewhere it may be an HTML tag.
    String.raw`</s>\s*$`,
  ].join('|'),
  'g',
);

/** Tokens at the beginning are left out, everything from a later one on is cut off. */
function cutAtToken(text: string, document: string): string {
  let from = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (document.includes(token)) continue;
    if (text.slice(from, index).trim() !== '') return text.slice(from, index);
    from = index + token.length;
  }
  return text.slice(from);
}

/** What stands inside a code fence if the text begins with one, else what stands before a fence that only closes. */
function unfenced(text: string): string {
  const opened = /^\s*```[\w+#.-]*[ \t]*\r?\n/.exec(text);
  const inside = opened ? text.slice(opened[0].length) : text;
  const closing = /(?:^|\r?\n)```[ \t]*(?:\r?\n|$)/.exec(inside);
  return closing ? inside.slice(0, closing.index) : inside;
}
