import assert from 'node:assert/strict';
import { testInVSCode } from './session.ts';

/** The same in three languages: below which line the person types, what, and how the ghost text must begin. */
const LANGUAGES = [
  {
    language: 'TypeScript',
    path: 'web/customers.ts',
    below: 'const removed =',
    typed: 'const row = await ',
    expected: 'this.#database.',
  },
  {
    language: 'Python',
    path: 'billing/refunds.py',
    below: 'def grant(',
    typed: 'if amount <= ',
    expected: 'Decimal("0"):',
  },
  {
    language: 'Go',
    path: 'gateway/customers.go',
    below: 'func (s *Server) handleGetCustomer(',
    typed: 'order, err := s.orders.Find(',
    expected: 'r.Context(),',
  },
];

for (const { language, path, below, typed, expected } of LANGUAGES) {
  testInVSCode(`ghost text appears in ${language}, and Tab accepts it`, async session => {
    const { page, saved, journal } = session;
    const line = await session.newLineBelow(path, below);
    await page.type(typed);
    const ghost = await page.waitForGhostText();
    await page.screenshot(`ghost text in ${language}`);
    // How far it goes depends on how sure Wisp is; where it goes does not.
    assert(ghost.startsWith(expected) || expected.startsWith(ghost), ghost);
    await page.press('Tab');
    const lineNow = async () => (await saved(path)).split('\n')[line - 1]?.trim();
    // VS Code has closed the parentheses that the person opened.
    await page.until(lineNow, text => text?.startsWith(typed + firstLineOf(ghost)) ?? false);
    await page.screenshot(`accepted in ${language}`);

    const events = await page.until(journal, all => all.some(event => event.kind === 'accepted'));
    // Where the machine is slow, a person has seen other suggestions before this one.
    const accepted = events.find(event => event.kind === 'accepted');
    const shown = events.find(event => event.kind === 'shown' && event.id === accepted?.id);
    assert(shown?.kind === 'shown', 'The journal does not say that it was shown.');
    assert.equal(shown.path, path);
    // The suggestion may be older than the last keys, which typed its beginning.
    assert(shown.text.endsWith(ghost), `The journal has ${shown.text} where the person saw ${ghost}.`);
  });
}

const { path, below, typed } = LANGUAGES[0]!;

testInVSCode('Ctrl+Right takes one word and leaves the rest', async ({ page, newLineBelow, journal }) => {
  await newLineBelow(path, below);
  await page.type(typed);
  const before = await page.waitForGhostText();
  await page.press('Control+ArrowRight');
  const after = await page.until(page.ghostText, text => text !== '' && text !== before);
  await page.screenshot('one word taken');
  assert(before.endsWith(after), `${after} is no rest of ${before}.`);
  const taken = before.slice(0, -after.length);
  assert((await page.editorText()).includes(`${typed}${taken}`));
  await page.until(journal, all => all.some(event => event.kind === 'partlyAccepted'));
});

testInVSCode(
  'typing what is shown keeps it, and typing on dismisses it',
  async ({ page, newLineBelow, journal }) => {
    await newLineBelow(path, below);
    await page.type(typed);
    const ghost = await page.waitForGhostText();
    await page.type(ghost.slice(0, 2));
    await page.until(page.ghostText, text => text === ghost.slice(2));
    await pauseUntilSeen();
    await page.type('0x');
    await page.until(page.ghostText, text => text !== ghost.slice(2));
    await page.screenshot('dismissed by typing on');
    await page.until(journal, all => all.some(event => event.kind === 'dismissed' && event.how === 'typed'));
  },
);

testInVSCode('Escape dismisses it', async ({ page, newLineBelow, journal }) => {
  await newLineBelow(path, below);
  await page.type(typed);
  await page.waitForGhostText();
  await pauseUntilSeen();
  await page.press('Escape');
  await page.waitForNoGhostText();
  await page.screenshot('dismissed by Escape');
  await page.until(journal, all => all.some(event => event.kind === 'dismissed' && event.how === 'escape'));
});

testInVSCode(
  'a workspace that is not trusted gets no ghost text and no journal',
  async ({ page, newLineBelow, journal }) => {
    await newLineBelow(path, below);
    await page.type(typed);
    await assert.rejects(page.waitForGhostText(3_000));
    await page.screenshot('not trusted');
    assert.deepEqual(await journal(), []);
  },
  { trusted: false },
);

function firstLineOf(text: string): string {
  return text.split('\n')[0]!;
}

/** Ghost text counts as shown when it was in sight for 750 ms. */
function pauseUntilSeen(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 1_000));
}
