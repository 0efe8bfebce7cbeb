import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testInVSCode } from './session.ts';

testInVSCode('the status bar opens a menu, and switches Wisp off', async ({ page }) => {
  await page.openFile('web/customers.ts');
  await page.command('Wisp: Show Menu');
  const rows = await page.until(page.quickPick, all => all.length > 3);
  await page.screenshot('menu');
  assert(
    rows.some(row => /snooze/i.test(row)),
    rows.join('; '),
  );
  await page.press('Escape');

  await page.command('Wisp: Turn On or Off');
  await page.goTo(38, 5);
  await page.type('if (removed === 0) throw new ');
  await assert.rejects(page.waitForGhostText(2_000));
  await page.screenshot('switched off');
});

testInVSCode('Wisp: Why No Suggestion? explains the last decision', async ({ page }) => {
  await page.openFile('web/customers.ts');
  await page.goTo(38, 5);
  await page.type('if (removed === 0) throw new ');
  await page.waitForGhostText();
  await page.command('Wisp: Why No Suggestion?');
  await page.until(page.tabs, names => names.some(name => name.startsWith('Why no suggestion')));
  await page.screenshot('why no suggestion');
});

testInVSCode('what was accepted can be exported for fine-tuning', async ({ page, folder, journal }) => {
  await page.openFile('web/customers.ts');
  await page.goTo(38, 5);
  await page.type('if (removed === 0) throw new ');
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
  assert(lines[0]!.includes('NotFoundError'), lines[0]);
});

testInVSCode('typing and accepting asks no other machine for anything', async ({ page }) => {
  await page.openFile('web/customers.ts');
  await page.goTo(38, 5);
  await page.type('if (removed === 0) throw new ');
  await page.waitForGhostText();
  assert.deepEqual(page.requestsOutside, []);
});
