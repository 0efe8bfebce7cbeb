import { join } from 'node:path';
import type { Remote } from '../../base/port.ts';
import type { EngineApi } from '../../engine/api.ts';
import type { Hole } from '../holes.ts';
import type { Scene, SceneText } from './scene.ts';

export interface WorkspaceTextsParts {
  /** Says which files are in the index. */
  readonly engine: Pick<Remote<EngineApi>, 'files'>;
  /** The workspace folder's absolute path. */
  readonly directory: string;
  /** The text of a file as it is now, the same string until it changes; undefined if it cannot be read. */
  readonly readNow: (file: string) => string | undefined;
  /** Texts of the open documents by path, the one opened last last. */
  readonly open: () => ReadonlyMap<string, string>;
}

/** What baselines see at a hole: the files that the engine has in its index there, no more and no less. */
export class WorkspaceTexts implements Scene {
  readonly #parts: WorkspaceTextsParts;
  readonly #known = new Map<string, SceneText>();
  #files: readonly SceneText[] = [];
  #open: readonly SceneText[] = [];

  constructor(parts: WorkspaceTextsParts) {
    this.#parts = parts;
  }

  /** Call this before baselines are asked at a hole, when the index agrees with what is there. */
  async enter({ path: own, prefix, exclude = [] }: Hole): Promise<void> {
    const { engine, directory, readNow } = this.#parts;
    const out = new Set([own, ...exclude]);
    const open = this.#parts.open();
    const there = new Set([...(await engine.files({})), ...open.keys()]);
    const paths = [...there].filter(path => !out.has(path));
    const texts = paths.map(path => this.#version(path, open.get(path) ?? readNow(join(directory, path))));
    const above = this.#version(own, prefix.slice(0, prefix.lastIndexOf('\n') + 1));
    this.#files = [...texts, above]
      .filter(file => file !== undefined)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#open = [...open.keys()]
      .filter(path => !out.has(path))
      .map(path => this.#known.get(path)!)
      .reverse();
  }

  files(): Iterable<SceneText> {
    return this.#files;
  }

  open(): readonly SceneText[] {
    return this.#open;
  }

  #version(path: string, text: string | undefined): SceneText | undefined {
    if (text === undefined) return undefined;
    const known = this.#known.get(path);
    if (known?.text === text) return known;
    const version = { path, text };
    this.#known.set(path, version);
    return version;
  }
}
