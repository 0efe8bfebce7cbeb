import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testInVSCode } from './session.ts';

/** A place where Wisp is known to have something to say. */
const PLACE = ['web/customers.ts', 'const removed ='] as const;
const TYPED = 'const row = await ';

testInVSCode(
  'a click on the status bar opens the menu, and a command switches Wisp off',
  async ({ page, newLineBelow }) => {
    await page.openFile('web/customers.ts');
    await page.clickStatusBar('Wisp');
    await page.until(page.quickPick, rows => rows.some(row => /snooze/i.test(row)));
    await page.screenshot('menu');
    await page.press('Escape');

    await page.command('Wisp: Turn On or Off');
    const stateInMenu = async () => {
      await page.clickStatusBar('Wisp');
      const state = await page.until(page.quickTitle, title => title !== '');
      await page.press('Escape');
      return state;
    };
    await page.until(stateInMenu, state => state.includes('Wisp is off'));
    await newLineBelow(...PLACE);
    await page.type(TYPED);
    await assert.rejects(page.waitForGhostText(2_000));
    await page.screenshot('switched off');
  },
);

testInVSCode('Wisp: Why No Suggestion? explains the last decision', async ({ page, newLineBelow }) => {
  await newLineBelow(...PLACE);
  await page.type(TYPED);
  await page.waitForGhostText();
  await page.command('Wisp: Why No Suggestion?');
  await page.until(page.tabs, names => names.some(name => name.startsWith('Why no suggestion')));
  await page.screenshot('why no suggestion');
});

testInVSCode(
  'Wisp: Show Retrieved Context opens what a model would be told',
  async ({ page, newLineBelow }) => {
    await newLineBelow(...PLACE);
    await page.type(TYPED);
    await page.command('Wisp: Show Retrieved Context');
    await page.until(page.tabs, names => names.some(name => name.startsWith('Retrieved context')));
    await page.screenshot('retrieved context');
  },
);

testInVSCode(
  'what was accepted can be exported for fine-tuning',
  async ({ page, folder, newLineBelow, journal }) => {
    await newLineBelow(...PLACE);
    await page.type(TYPED);
    await page.waitForGhostText();
    await page.press('Tab');
    await page.until(journal, all => all.some(event => event.kind === 'accepted'));

    await page.command('Wisp: Export Feedback for Fine-Tuning');
    await page.until(page.quickInput, path => path.endsWith('wisp-feedback.jsonl'));
    await page.press('Enter');
    await page.until(page.notifications, all => all.some(text => text.includes('1 example')));
    await page.screenshot('exported');
    const lines = (await readFile(join(folder, 'wisp-feedback.jsonl'), 'utf8')).trim().split('\n');
    assert.equal(lines.length, 1);
    assert(lines[0]!.includes('findOne'), lines[0]);
  },
);

testInVSCode('typing and accepting asks no other machine for anything', async ({ page, newLineBelow }) => {
  await newLineBelow(...PLACE);
  await page.type(TYPED);
  await page.waitForGhostText();
  assert.deepEqual(page.requestsOutside, []);
});
