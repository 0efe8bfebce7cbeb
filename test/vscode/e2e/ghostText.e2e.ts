import assert from 'node:assert/strict';
import { testInVSCode } from './session.ts';

/** The same in three languages: where the person types, what, and the line that must stand there after Tab. */
const LANGUAGES = [
  {
    language: 'TypeScript',
    path: 'web/customers.ts',
    line: 38,
    typed: 'if (removed === 0) throw new ',
    accepted: `    if (removed === 0) throw new NotFoundError('customer', id);`,
  },
  {
    language: 'Python',
    path: 'billing/refunds.py',
    line: 13,
    typed: '        if amount <= ',
    accepted: '        if amount <= Decimal("0"):',
  },
  {
    language: 'Go',
    path: 'gateway/customers.go',
    line: 8,
    typed: 'respondError(w, ',
    accepted: '\t\trespondError(w, http.StatusNotFound, err)',
  },
];

for (const { language, path, line, typed, accepted } of LANGUAGES) {
  testInVSCode(`ghost text appears in ${language}, and Tab accepts it`, async ({ page, saved, journal }) => {
    await page.openFile(path);
    await page.goTo(line, 1);
    await page.press('End');
    await page.type(typed);
    const ghost = await page.waitForGhostText();
    await page.screenshot(`ghost text in ${language}`);
    await page.press('Tab');
    await page.waitForNoGhostText();
    await page.until(
      () => saved(path),
      text => text.split('\n')[line - 1] === accepted,
    );
    await page.screenshot(`accepted in ${language}`);

    const events = await page.until(journal, all => all.some(event => event.kind === 'accepted'));
    const shown = events.find(event => event.kind === 'shown');
    assert(shown, 'The journal does not say that it was shown.');
    assert.equal(shown.path, path);
    assert(shown.text.startsWith(ghost), `The journal has ${shown.text} where the person saw ${ghost}.`);
    const acceptedEvent = events.find(event => event.kind === 'accepted');
    assert.equal(acceptedEvent?.id, shown.id);
  });
}

const { path, line, typed } = LANGUAGES[0]!;

testInVSCode('Ctrl+Right takes one word and leaves the rest', async ({ page, journal }) => {
  await page.openFile(path);
  await page.goTo(line, 5);
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

testInVSCode('typing what is shown keeps it, and typing on dismisses it', async ({ page, journal }) => {
  await page.openFile(path);
  await page.goTo(line, 5);
  await page.type(typed);
  const ghost = await page.waitForGhostText();
  await page.type(ghost.slice(0, 2));
  await page.until(page.ghostText, text => text === ghost.slice(2));
  await pauseUntilSeen();
  await page.type('0x');
  await page.until(page.ghostText, text => text !== ghost.slice(2));
  await page.screenshot('dismissed by typing on');
  const events = await page.until(journal, all => all.some(event => event.kind === 'dismissed'));
  assert.equal(events.find(event => event.kind === 'dismissed')?.how, 'typed');
});

testInVSCode('Escape dismisses it', async ({ page, journal }) => {
  await page.openFile(path);
  await page.goTo(line, 5);
  await page.type(typed);
  await page.waitForGhostText();
  await pauseUntilSeen();
  await page.press('Escape');
  await page.waitForNoGhostText();
  await page.screenshot('dismissed by Escape');
  const events = await page.until(journal, all => all.some(event => event.kind === 'dismissed'));
  assert.equal(events.find(event => event.kind === 'dismissed')?.how, 'escape');
});

testInVSCode(
  'a workspace that is not trusted gets no ghost text and no journal',
  async ({ page, journal }) => {
    await page.openFile(path);
    await page.goTo(line, 5);
    await page.type(typed);
    await assert.rejects(page.waitForGhostText(3_000));
    await page.screenshot('not trusted');
    assert.deepEqual(await journal(), []);
  },
  { trusted: false },
);

/** Ghost text counts as shown when it was in sight for 750 ms. */
function pauseUntilSeen(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 1_000));
}
