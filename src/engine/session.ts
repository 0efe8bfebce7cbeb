import { defaultSettings, type Settings } from '../domain/settings.ts';
import type { Workspace } from './api.ts';

/** What the user has chosen and the editor has said, as it stands now. The engine writes it, everything else reads. */
export class Session {
  settings: Settings = defaultSettings;
  apiKey: string | undefined;
  /** Until the editor has said what may be read, nothing is. */
  workspace: Workspace = { folders: [], trusted: false, filesExclude: [] };
  /** Milliseconds since the epoch. */
  snoozedUntil = 0;
  /** Counts changes of settings and key: a part of every cache key. */
  epoch = 0;

  /** Glob patterns of what is neither read nor completed: the editor's own and those of the settings. */
  get exclude(): readonly string[] {
    return [...this.workspace.filesExclude, ...this.settings.exclude];
  }

  /** What the workspace is called: the names of its folders. */
  get name(): string {
    return this.workspace.folders.map(folder => folder.name).join(', ');
  }
}
