import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testInVSCode } from './session.ts';

const HUGE_BYTES = 50_000_000;

/** What real folders hold beside code: a huge file, a broken link, a binary, and a file in an old encoding. */
async function addOddFiles(folder: string): Promise<void> {
  const odd = join(folder, 'odd');
  await mkdir(odd);
  const line = 'export const filler = compute(1, 2, 3);\n';
  await writeFile(join(odd, 'huge.ts'), line.repeat(HUGE_BYTES / line.length));
  await symlink('nowhere.ts', join(odd, 'broken.ts'));
  await writeFile(join(odd, 'binary.ts'), Buffer.from([0, 1, 2, 3, 0]));
  await writeFile(join(odd, 'latin1.ts'), Buffer.from('const caf\u00e9 = 1;\n', 'latin1'));
}

testInVSCode(
  'a folder with odd files is completed all the same, and what was left out is told in one sentence',
  async ({ page, newLineBelow }) => {
    await newLineBelow('web/customers.ts', 'const removed =');
    await page.type('const row = await ');
    await page.waitForGhostText();
    await page.press('Escape');
    await page.clickStatusBar('Wisp');
    const told = await page.until(page.quickTitle, title => title.includes('Left out'));
    await page.screenshot('what was left out');
    for (const reason of ['1 too large', '1 broken link', '1 binary', '1 not UTF-8']) {
      assert(told.includes(reason), told);
    }
  },
  { prepare: addOddFiles },
);
