import { expect, test } from 'vitest';
import { readmeWithSettings } from './support/settingsTable.ts';

test("the README's table of settings says what package.json says", async () => {
  const { readme, wanted } = await readmeWithSettings();
  expect(readme, 'Run: node test/support/settingsTable.ts').toBe(wanted);
});

test('the README gives the two commands verbatim', async () => {
  const { readme } = await readmeWithSettings();
  expect(readme).toContain('npm ci && npm start');
  expect(readme).toContain('npm ci && npm test');
});
