/** One version of a file; a new version is another object. */
export interface SceneText {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  readonly text: string;
}

/** What a baseline may look at while a hole is asked. What the hole leaves out is in neither list. */
export interface Scene {
  /** The files of the workspace as they are now, in the order of their paths; the hole's own only up to its line. */
  files(): Iterable<SceneText>;
  /** Files that are open beside the hole's own, the one opened last first. */
  open(): readonly SceneText[];
}
