import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { testInVSCode } from './session.ts';

const COMMAND = 'Wisp: Evaluate on This Repository';
/** An evaluation gives way to whatever else the machine does. */
const REPORT_MS = 120_000;

/** Commits the folder file by file, so that each of its lines was added by a commit. */
function makeHistory(folder: string): void {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-C', folder, '-c', 'user.name=A. Writer', '-c', 'user.email=writer@example.org', ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' },
      },
    );
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/^(?:billing|gateway|web)\/.*\.(?:ts|py|go)$/.test(path)) continue;
    git('add', path);
    git('commit', '--quiet', '--message', `Add ${path}`);
  }
}

testInVSCode(
  'an evaluation replays the history and shows a report that can be saved',
  async ({ page, folder }) => {
    await page.command(COMMAND);
    const text = await page.until(page.panelText, report => report.includes('Wisp on shop'), REPORT_MS);
    await page.screenshot('report');
    assert.match(text, /\d+ places in lines that the newest \d+ commits added/);
    assert.doesNotMatch(text, /partial report/);
    assert.match(text, /question to answer\s+\d+/);
    assert.match(text, /What Wisp offered/);

    await page.clickInPanel('label[for=tab-none]');
    await page.until(page.panelText, report => report.includes('No suggestion'));
    await page.clickInPanel('label[for=tab-right]');
    await page.clickInPanel('#panel-right article .place');
    await page.until(page.tabs, names => names.some(name => /\.(?:ts|py|go)$/.test(name)));
    await page.screenshot('place of the report');

    await page.clickInPanel('text=Save Report…');
    await page.until(page.quickInput, path => path.endsWith('wisp-on-shop.html'));
    await page.press('Enter');
    const saved = await page.until(
      () => readFile(join(folder, 'wisp-on-shop.html'), 'utf8').catch(() => ''),
      html => html.endsWith('</html>\n'),
    );
    assert.match(saved, /<title>Wisp on shop<\/title>/);
    assert.deepEqual(page.requestsOutside, []);
  },
  { prepare: makeHistory },
);

/** Enough work that there is time to type beside it. */
async function addLongFile(folder: string): Promise<void> {
  const lines = Array.from(
    { length: 4_000 },
    (_, i) => `export const total${i} = ledger.sum(${i}, 'total ${i}');\n`,
  );
  await writeFile(join(folder, 'web/totals.ts'), lines.join(''));
}

testInVSCode(
  'one can type beside an evaluation, and cancelling it keeps what was asked',
  async ({ page, newLineBelow }) => {
    await page.command(COMMAND);
    const asking = (all: readonly string[]) => all.some(told => /Asking: \d+ of 150/.test(told));
    await page.until(page.notifications, asking, REPORT_MS);
    await newLineBelow('web/customers.ts', 'const removed =');
    await page.type('const row = await ');
    await page.waitForGhostText();
    assert(asking(await page.notifications()), 'The evaluation was over before anything was typed.');
    await page.screenshot('typing beside an evaluation');
    await page.clickNotification('Cancel');
    const text = await page.until(page.panelText, report => report.includes('Wisp on shop'), REPORT_MS);
    await page.screenshot('partial report');
    assert.match(text, /This is a partial report: it was stopped after \d+ of 150 places\./);
    assert.match(text, /lies in no git repository.*Lines of the files as they are now were taken away/);
  },
  { prepare: addLongFile },
);
