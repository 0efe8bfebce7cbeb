import type { Analyser } from './analyser.ts';
import type { FileRef } from './scan.ts';

/** Where the indexer's program finds its files; absolute paths. */
export interface IndexerPlaces {
  /** The folder of the grammars' `.wasm` files. */
  readonly grammars: string;
  /** The folder `syntaxes/`. */
  readonly queries: string;
  /** The folder of a `RecordStore`, if there is one. */
  readonly records?: string;
}

/** What the indexer's program serves: an analyser, one value a call. */
export interface IndexerCalls {
  analyse(
    batch: { readonly files: readonly FileRef[]; readonly cpuPercent: number | undefined },
    signal: AbortSignal,
  ): ReturnType<Analyser['analyse']>;
  analyseText: Analyser['analyseText'];
  /** Gets ready for files of a language. */
  expect(languageId: string): Promise<void>;
}

/** What the indexer's program says unasked. */
export interface IndexerEvents {
  /** It has started; one that dies before this will die again. */
  ready(nothing: undefined): void;
}

export function callsOf(analyser: Analyser): IndexerCalls {
  return {
    analyse: ({ files, cpuPercent }, signal) => analyser.analyse(files, signal, cpuPercent),
    analyseText: text => analyser.analyseText(text),
    expect: async languageId => analyser.expect(languageId),
  };
}
