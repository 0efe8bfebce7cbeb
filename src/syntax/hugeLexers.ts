import { setFlagsFromString } from 'node:v8';
import { Language, Parser } from 'web-tree-sitter';
import type { FirstUse } from './grammars.ts';

/**
 * Grammars whose lexer is one function of 40 to 105 kB, with a text that has it run. V8, once it finds such a function
 * hot, takes 40 to 250 MB of memory and up to a quarter of a second to optimise it, for a parse that is 0 to 10 %
 * faster (measured over the files of redis, json, jekyll, serilog and guzzle).
 */
const FIRST_TEXTS: Readonly<Record<string, string>> = {
  c: 'int a;',
  cpp: 'int a;',
  'c-sharp': 'class A {}',
  php: '<?php $a = 1;',
  ruby: 'a = 1',
};

/** The smallest grammar, and a text that has the runtime do most of what it does. */
const SMALL = { file: 'json.wasm', text: '[{ "a": 1, "b": [true, null] } }, "\\n"]' };

/**
 * Has the huge lexers run as V8's first compiler makes them, for good: what is compiled while V8 optimises nothing never
 * asks to be optimised. It sets flags of V8 for some milliseconds, so it is for processes that are Wisp's own and have
 * one thread. `load` is that of the `Grammars`.
 */
export function leavesHugeLexers(load: (file: string) => Promise<Uint8Array>): FirstUse {
  let compiled: Promise<void> | undefined;
  return async (grammar, parser) => {
    const text = FIRST_TEXTS[grammar];
    if (text === undefined) return;
    // The runtime is compiled beforehand: it is to be optimised like everything else.
    compiled ??= compileRuntime(load);
    await compiled;
    setFlagsFromString('--no-wasm-dynamic-tiering');
    setFlagsFromString('--no-wasm-tier-up');
    try {
      parser.parse(text)?.delete();
    } finally {
      setFlagsFromString('--wasm-tier-up');
      setFlagsFromString('--wasm-dynamic-tiering');
    }
  };
}

async function compileRuntime(load: (file: string) => Promise<Uint8Array>): Promise<void> {
  const parser = new Parser().setLanguage(await Language.load(await load(SMALL.file)));
  parser.parse(SMALL.text)?.delete();
  parser.delete();
}
