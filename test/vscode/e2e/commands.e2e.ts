import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
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

/** Words that nothing else would look for. */
const COLOURS = Array.from({ length: 28 }, (_, i) => `export const zephyr${i} = 'hue${i}';\n`).join('');

testInVSCode(
  'what was copied elsewhere is told, and is pasted as it was copied',
  async ({ page, newLineBelow, saved }) => {
    await page.openFile('web/colours.ts');
    await page.goTo(1, 1);
    await page.press('Control+Shift+End');
    await page.press('Control+C');
    await newLineBelow(...PLACE);
    await page.command('Wisp: Show Retrieved Context');
    await page.until(page.tabs, names => names.some(name => name.startsWith('Retrieved context')));
    await page.press('Control+2');
    // The cursor was at the first and the last line only. Only what is in view can be read: find it.
    await page.press('Control+F');
    await page.type('web/colours.ts:1-28');
    await page.until(page.editorText, text => text.includes('web/colours.ts:1-28'));
    await page.screenshot('copied');
    await page.press('Control+1');
    await page.press('Control+V');
    await page.until(page.editorText, text => text.includes('zephyr27'));
    // VS Code indents what is pasted.
    const unindented = (text: string) => text.replace(/^ +/gm, '');
    await page.until(
      () => saved('web/customers.ts'),
      text => unindented(text).includes(COLOURS),
    );
  },
  { prepare: folder => writeFile(join(folder, 'web/colours.ts'), COLOURS) },
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
