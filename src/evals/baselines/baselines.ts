import type { Retriever } from '../../retrieval/retriever.ts';
import type { Baseline } from './baseline.ts';
import { Bm25Chunks } from './bm25Chunks.ts';
import { CodyWindows } from './codyWindows.ts';
import { CopilotWindows } from './copilotWindows.ts';
import { Copying } from './copying.ts';
import { NextLine } from './nextLine.ts';
import type { Scene } from './scene.ts';
import { Words } from './words.ts';

/** What a model would be shown of a peer's context; a peer's own limit is lower. */
const MOST_PLACES = 20;

/** Ways to complete, by the name that `--baseline` takes. */
export const BASELINES: Readonly<Record<string, (scene: Scene) => Baseline>> = {
  words: scene => new Words(scene),
  copilot: scene => new Copying('copilot', new CopilotWindows(scene), scene, MOST_PLACES),
  cody: scene => new Copying('cody', new CodyWindows(scene), scene, MOST_PLACES),
  bm25: scene => new Copying('bm25', new Bm25Chunks(scene), scene, MOST_PLACES),
  'top-line': scene => new Copying('top-line', new Bm25Chunks(scene), scene, 1),
  'next-line': scene => new NextLine(scene),
};

/** Ways to retrieve, by the same names. */
export const RETRIEVER_BASELINES: Readonly<Record<string, (scene: Scene) => Retriever>> = {
  copilot: scene => new CopilotWindows(scene),
  cody: scene => new CodyWindows(scene),
  bm25: scene => new Bm25Chunks(scene),
};
