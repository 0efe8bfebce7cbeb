import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedbackEvent } from '../../../src/domain/feedback.ts';
import { startCodeServer } from '../codeServer.ts';
import { repository, sampleWorkspace } from '../install.ts';
import { launchChromium, openVSCode, type VSCodePage } from '../page.ts';
import { test } from '../registry.ts';

export interface Session {
  readonly page: VSCodePage;
  /** A copy of the sample workspace that this test may change. */
  readonly folder: string;
  /** Where VS Code keeps this user's data. */
  readonly dataDir: string;
  /** Opens `path`, begins a new line below the one that contains `text`, and returns the new line's number. */
  newLineBelow(path: string, text: string): Promise<number>;
  /** What a file of the workspace holds, once it is saved. */
  saved(path: string): Promise<string>;
  /** The feedback journal as it is now. */
  journal(): Promise<readonly FeedbackEvent[]>;
}

export interface SessionOptions {
  readonly trusted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Changes the workspace before VS Code opens it. */
  readonly prepare?: (folder: string) => Promise<void> | void;
}

/** A test by hand and eye: a person with the packaged Wisp in a VS Code and a workspace of their own. */
export function testInVSCode(
  name: string,
  body: (session: Session) => Promise<void>,
  options: SessionOptions = {},
): void {
  test(name, async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'wisp-e2e-'));
    const folder = join(scratch, 'shop');
    await cp(sampleWorkspace, folder, { recursive: true });
    const { settings = {}, trusted = true, prepare } = options;
    await prepare?.(folder);
    const server = await startCodeServer({ folder, extensions: [packagedWisp()], trusted, settings });
    const browser = await launchChromium();
    try {
      const page = await openVSCode(browser, server.url);
      try {
        await page.until(page.statusBar, isReady, 60_000);
        await body(sessionOf(page, folder, server.dataDir));
      } catch (error) {
        await page.screenshot(`failed ${name}`);
        await cp(join(server.dataDir, 'logs'), join(repository, `test-results/failed ${name} logs`), {
          recursive: true,
        });
        throw error;
      }
    } finally {
      await browser.close();
      await server.stop();
      await rm(scratch, { recursive: true, force: true });
    }
  });
}

/** The program that runs these tests packs Wisp first and says where it is. */
function packagedWisp(): string {
  const vsix = process.env.WISP_VSIX;
  if (!vsix) throw new Error('WISP_VSIX does not say where the packaged Wisp is.');
  return vsix;
}

/** Wisp's item is there and shows no progress of indexing, and no extension is being started any more. */
function isReady(statusBar: string): boolean {
  return /\bWisp\b/.test(statusBar) && !/Wisp \d+ %|Activating Extensions/.test(statusBar);
}

function sessionOf(page: VSCodePage, folder: string, dataDir: string): Session {
  const journalFile = join(dataDir, 'User/globalStorage/wisp-code.wisp/feedback/journal.jsonl');
  return {
    page,
    folder,
    dataDir,
    async newLineBelow(path, text) {
      const lines = (await readFile(join(folder, path), 'utf8')).split('\n');
      const above = lines.findIndex(line => line.includes(text)) + 1;
      await page.openFile(path);
      await page.goTo(above, 1);
      await page.press('End');
      await page.press('Enter');
      return above + 1;
    },
    async saved(path) {
      await page.press('Control+S');
      return readFile(join(folder, path), 'utf8');
    },
    async journal() {
      if (!existsSync(journalFile)) return [];
      const lines = (await readFile(journalFile, 'utf8')).split('\n');
      // The last line may still be on its way to the disk.
      return lines.slice(0, -1).map(line => JSON.parse(line));
    },
  };
}
