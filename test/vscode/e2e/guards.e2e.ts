import { openAiServer } from '../../support/openaiServer.ts';
import { testInVSCode } from './session.ts';

const server = await openAiServer();
server.behave({ pieces: ['inventedHelper(', 'customers);'] });

testInVSCode(
  'an answer that calls what does not exist is not shown, and Wisp says why',
  async ({ page, newLineBelow }) => {
    try {
      await newLineBelow('web/customers.ts', 'const removed =');
      await page.type('const looked = ');
      await page.until(
        async () => server.requests.length,
        count => count > 0,
      );
      await page.waitForNoGhostText();
      await page.command('Wisp: Why No Suggestion?');
      await page.until(page.tabs, names => names.some(name => name.startsWith('Why no suggestion')));
      await page.screenshot('why a name was doubted');
    } finally {
      await server.close();
    }
  },
  {
    settings: {
      'wisp.intensity': 'quiet',
      'wisp.model.baseUrl': server.baseUrl,
      'wisp.model.name': 'qwen2.5-coder:1.5b',
    },
  },
);
