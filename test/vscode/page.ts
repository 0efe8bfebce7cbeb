import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser as Chromium, chromium, type Locator, type Page } from 'playwright-core';
import { ensureChromium, repository } from './install.ts';

/** VS Code in a browser, with the verbs of the person in front of it. Lines and columns count from 1. */
export interface VSCodePage {
  /** Opens a file of the workspace by its path, relative to the folder. */
  openFile(path: string): Promise<void>;
  goTo(line: number, column: number): Promise<void>;
  /** Types at a person's pace; a newline is the Enter key. */
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Runs a command by its title in the palette, such as `Wisp: Snooze`. */
  command(title: string): Promise<void>;
  /** The ghost text that is visible now; '' if there is none. */
  ghostText(): Promise<string>;
  /** The same, as soon as there is any; rejects after `timeoutMs`. */
  waitForGhostText(timeoutMs?: number): Promise<string>;
  /** Resolves when no ghost text is visible any more. */
  waitForNoGhostText(): Promise<void>;
  /** The lines of the active editor that are on screen, ghost text left out. */
  editorText(): Promise<string>;
  /** The names of the open tabs. */
  tabs(): Promise<string[]>;
  statusBar(): Promise<string>;
  /** Clicks the item of the status bar that reads `text`. */
  clickStatusBar(text: string): Promise<void>;
  /** The text in the open quick input; '' if none is open. */
  quickInput(): Promise<string>;
  /** What an open quick pick says above its rows. */
  quickTitle(): Promise<string>;
  /** The rows of an open quick pick. */
  quickPick(): Promise<string[]>;
  notifications(): Promise<string[]>;
  /** Clicks a button of a notification by its label. */
  clickNotification(label: string): Promise<void>;
  /** What can be read in the panel that an extension shows; '' if there is none. */
  panelText(): Promise<string>;
  /** Clicks the first thing in that panel that a selector of Playwright's finds. */
  clickInPanel(selector: string): Promise<void>;
  /** Waits until `read` gives a value that `holds`, and returns it; on time-out the error shows the last value. */
  until<T>(read: () => Promise<T>, holds: (value: T) => boolean, timeoutMs?: number): Promise<T>;
  /** Keeps a picture at `test-results/<name>.png`. */
  screenshot(name: string): Promise<void>;
  /** Requests that would have left this machine. */
  readonly requestsOutside: readonly string[];
  close(): Promise<void>;
}

const WORKBENCH_MS = 60_000;
const PATIENCE_MS = 15_000;
const KEY_DELAY_MS = 40;
const LOOK_MS = 50;

export async function launchChromium(): Promise<Chromium> {
  const { executablePath, args, env } = await ensureChromium();
  return chromium.launch({ executablePath, args: [...args], env: definedOnly(env) });
}

/** Opens VS Code and waits until one can type in it. */
export async function openVSCode(browser: Chromium, url: string): Promise<VSCodePage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const requestsOutside: string[] = [];
  await context.route(
    address => /^https?:$/.test(address.protocol) && address.hostname !== '127.0.0.1',
    route => {
      requestsOutside.push(route.request().url());
      return route.abort();
    },
  );
  await page.goto(url);
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: WORKBENCH_MS });
  // Extensions start when the files of the folder are listed and the host answers.
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: WORKBENCH_MS });
  return pageObject(page, requestsOutside, () => context.close());
}

function pageObject(page: Page, requestsOutside: string[], close: () => Promise<void>): VSCodePage {
  const editor = page.locator('.editor-group-container.active .editor-instance');
  const pickInput = page.locator('.quick-input-widget .quick-input-filter input');
  const panel = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame').locator('body');
  const pickRows = page.locator('.quick-input-widget .quick-input-list .monaco-list-row');

  const pick = async (opener: string, query: string, wanted: (label: string) => boolean) => {
    // A list that is still open would take the keys.
    const closed = async () => !(await pickInput.isVisible()) || page.keyboard.press('Escape');
    await until(closed, isClosed => isClosed === true);
    await page.keyboard.press(opener);
    await pickInput.waitFor({ timeout: PATIENCE_MS });
    await pickInput.fill(query);
    // Rows move while the list is being narrowed down, so the row is told by its name and not by its place.
    const found = await until(
      () => settled(async () => shortest((await rawLabels(pickRows)).filter(label => wanted(plain(label))))),
      label => label !== undefined,
    );
    const row = page.locator(`.quick-input-list .monaco-list-row[aria-label=${JSON.stringify(found)}]`);
    await row.first().click();
    // On a busy machine the next key would come before the list has taken notice of the click.
    await until(
      async () => !(await pickInput.isVisible()) || (await pickInput.inputValue()) !== query,
      isOver => isOver,
    );
  };

  const verbs: VSCodePage = {
    requestsOutside,
    async openFile(path) {
      await pick('Control+P', path, label => label.includes(basename(path)));
      await page
        .locator(`.tab.active[data-resource-name="${basename(path)}"]`)
        .waitFor({ timeout: PATIENCE_MS });
      await editor.locator('.view-line').first().waitFor({ timeout: PATIENCE_MS });
    },
    async goTo(line, column) {
      await page.keyboard.press('Control+G');
      await pickInput.waitFor({ timeout: PATIENCE_MS });
      await pickInput.fill(`:${line}:${column}`);
      await page.keyboard.press('Enter');
      await until(verbs.statusBar, text => text.includes(`Ln ${line}, Col ${column}`));
    },
    type: text => page.keyboard.type(text, { delay: KEY_DELAY_MS }),
    press: key => page.keyboard.press(key),
    command: title => pick('F1', `>${title}`, label => label.includes(title)),
    ghostText: () => settled(() => ghostTextOf(editor)),
    waitForGhostText: timeoutMs => until(verbs.ghostText, text => text !== '', timeoutMs),
    async waitForNoGhostText() {
      await until(verbs.ghostText, text => text === '');
    },
    editorText: () => textOf(editor),
    tabs: () =>
      page.locator('.tab').evaluateAll(all => all.map(tab => tab.getAttribute('data-resource-name') ?? '')),
    statusBar: async () => (await texts(page.locator('.part.statusbar .statusbar-item'))).join(' | '),
    clickStatusBar: text => page.locator('.part.statusbar .statusbar-item', { hasText: text }).click(),
    quickInput: async () => ((await pickInput.isVisible()) ? pickInput.inputValue() : ''),
    quickTitle: async () => (await pickInput.getAttribute('placeholder')) ?? '',
    quickPick: () => labels(pickRows),
    notifications: () => texts(page.locator('.notifications-toasts .notification-list-item-message')),
    clickNotification: label =>
      page.locator('.notifications-toasts .monaco-button', { hasText: label }).click(),
    panelText: async () => ((await panel.isVisible()) ? plain(await panel.innerText()) : ''),
    clickInPanel: selector => panel.locator(selector).first().click({ timeout: PATIENCE_MS }),
    until,
    async screenshot(name) {
      const folder = join(repository, 'test-results');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
    close,
  };
  return verbs;
}

async function until<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  timeoutMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) {
      throw new Error(
        `This did not come about in ${timeoutMs} ms; the last value was ${JSON.stringify(value)}.`,
      );
    }
    await pause(LOOK_MS);
  }
}

/** What two looks in a row agree on: VS Code draws the first line of ghost text a moment after the others. */
async function settled<T>(look: () => Promise<T>): Promise<T> {
  for (let last = await look(); ; ) {
    await pause(LOOK_MS);
    const next = await look();
    if (next === last) return next;
    last = next;
  }
}

/** Ghost text in the line and in the zone below it. `ghost-text-hidden` marks the user's own text, moved out of its way. */
const GHOST = '[class*="ghost-text"]:not(.ghost-text-hidden)';

async function ghostTextOf(editor: Locator): Promise<string> {
  const parts = await editor.locator(GHOST).evaluateAll(found =>
    found.map(element => {
      const { top, left } = element.getBoundingClientRect();
      return { text: element.textContent ?? '', top, left };
    }),
  );
  let text = '';
  let row: number | undefined;
  for (const part of parts.sort((a, b) => a.top - b.top || a.left - b.left)) {
    if (row !== undefined && part.top > row + 1) text += '\n';
    text += part.text;
    row = part.top;
  }
  return plain(text);
}

/** Lines are drawn in any order and placed by their `top`. */
async function textOf(editor: Locator): Promise<string> {
  const lines = await editor.locator('.view-lines > .view-line').evaluateAll(
    (found, ghostSelector) =>
      found.map(line => {
        const copy = line.cloneNode(true) as typeof line;
        for (const ghost of copy.querySelectorAll(ghostSelector)) ghost.remove();
        return { text: copy.textContent ?? '', top: line.getBoundingClientRect().top };
      }),
    GHOST,
  );
  return plain(
    lines
      .sort((a, b) => a.top - b.top)
      .map(line => line.text)
      .join('\n'),
  );
}

async function texts(items: Locator): Promise<string[]> {
  return (await items.allTextContents()).map(plain);
}

async function labels(rows: Locator): Promise<string[]> {
  return (await rawLabels(rows)).map(plain);
}

function rawLabels(rows: Locator): Promise<string[]> {
  return rows.evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
}

/** Of commands whose names begin alike, the one that says no more than was asked for. */
function shortest(texts: readonly string[]): string | undefined {
  return texts.toSorted((a, b) => a.length - b.length)[0];
}

/** VS Code draws spaces as no-break spaces, and marks some places with characters of no width. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ').replaceAll(/\u200b|\u200c|\ufeff/g, '');
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
