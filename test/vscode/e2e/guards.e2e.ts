import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAiServer } from '../../support/openaiServer.ts';
import { testInVSCode } from './session.ts';

testInVSCode(
  'an answer that calls what does not exist is not shown, and Wisp says why',
  async ({ page, folder, newLineBelow }) => {
    const server = await openAiServer();
    server.behave({ pieces: ['inventedHelper(', 'customers);'] });
    try {
      // A server's address belongs to the machine or the workspace, not to the user who opens it from elsewhere.
      await mkdir(join(folder, '.vscode'));
      const settings = { 'wisp.model.baseUrl': server.baseUrl, 'wisp.model.name': 'qwen2.5-coder:1.5b' };
      await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
      await newLineBelow('web/customers.ts', 'const removed =');
      await page.until(
        async () => {
          await page.type('x');
          return server.requests.length;
        },
        count => count > 0,
      );
      await page.type(' = ');
      await page.waitForNoGhostText();
      await page.command('Wisp: Why No Suggestion?');
      await page.until(page.tabs, names => names.some(name => name.startsWith('Why no suggestion')));
      await page.screenshot('why a name was doubted');
    } finally {
      await server.close();
    }
  },
  { settings: { 'wisp.intensity': 'quiet' } },
);
