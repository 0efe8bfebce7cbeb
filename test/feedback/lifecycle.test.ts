import { describe, expect, test } from 'vitest';
import { Story } from '../support/feedbackStory.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const SETTLED = 3_000;

describe('shown', () => {
  test('is what was visible for 750 ms', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(749);
    expect(await story.journal()).toEqual([]);
    story.wait(1);
    expect(await story.journal()).toEqual(['a shown open(file)']);
  });

  test('holds what is needed to train on it', async () => {
    const story = new Story('import x;\nconst a = █;\nrest();\n');
    story.offer('open(file)');
    story.wait(750);
    const [shown] = await story.events();
    expect(shown).toMatchObject({
      kind: 'shown',
      id: 'a',
      workspace: 'shop',
      path: 'a.ts',
      languageId: 'typescript',
      source: 'workspace',
      confidence: 0.9,
      text: 'open(file)',
      prefix: 'import x;\nconst a = ',
      suffix: ';\nrest();\n',
      ms: 5,
    });
  });

  test('is one event, however long it stays', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(60_000);
    expect(await story.journal()).toEqual(['a shown open(file)']);
  });

  test.each([
    ['typed over', (story: Story) => story.type('x')],
    ['dismissed', (story: Story) => story.escape()],
    ['left', (story: Story) => story.moveTo(0)],
    ['closed', (story: Story) => story.close()],
    ['followed by another', (story: Story) => story.offer('other()')],
    ['taken back', (story: Story) => story.recorder.withdrawn(story.uri)],
  ])('what vanished within 750 ms because it was %s leaves no trace', async (_, deed) => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(740);
    deed(story);
    story.wait(SETTLED);
    expect((await story.journal()).filter(line => line.startsWith('a '))).toEqual([]);
  });

  test('goes on while it is typed through, with or without a new answer for each key', async () => {
    for (const again of [true, false]) {
      const story = new Story('const a = █;');
      story.offer('open(file)');
      for (const char of 'open') {
        story.wait(200);
        story.type(char);
        if (again) story.offerRest();
      }
      expect(await story.journal()).toEqual(['a shown open(file)']);
    }
  });

  test('goes on when a typed character is taken back', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.type('op');
    story.wait(400);
    story.backspace();
    story.offerRest();
    story.wait(400);
    expect(await story.journal()).toEqual(['a shown open(file)']);
  });

  test('goes on when something changes on another line', async () => {
    const story = new Story('const x = 1;\nconst a = █;\nrest();\n');
    story.offer('open(file)');
    story.wait(400);
    story.change('const x = 1;', 'const x = 1;\nconst y = 2;');
    story.change('rest();', 'rest();\nmore();');
    story.wait(400);
    story.tab();
    expect(story.drawn).toBe('const x = 1;\nconst y = 2;\nconst a = open(file)█;\nrest();\nmore();\n');
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted']);
  });
});

describe('accepted', () => {
  test('is Tab', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.tab();
    story.wait(SETTLED);
    expect(story.drawn).toBe('const a = open(file)█;');
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted']);
  });

  test('within 750 ms says that it was shown too', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(300);
    story.tab();
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted']);
  });

  test('counts when the command comes before the change', async () => {
    const story = new Story('const a = █;');
    const id = story.offer('open(file)');
    story.wait(1_000);
    story.recorder.accepted(id);
    story.wait(100);
    story.putIn();
    story.wait(15_000);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted', 'a there at 15']);
  });

  test('counts when a next key comes between the change and the command', async () => {
    const story = new Story('const a = █;');
    const id = story.offer('open(file)');
    story.wait(1_000);
    story.putIn();
    story.type('.');
    story.recorder.accepted(id);
    story.wait(15_000);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted', 'a there at 15']);
  });

  test('counts after a part was typed, and the rest is what Tab puts in', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.type('op');
    story.offerRest();
    story.wait(1_000);
    story.tab();
    story.wait(15_000);
    expect(story.drawn).toBe('const a = open(file)█;');
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted', 'a there at 15']);
  });

  test('counts when another suggestion was already on its way', async () => {
    const story = new Story('const a = █;');
    const id = story.offer('open(file)');
    story.wait(1_000);
    story.offer('open(file).then(read)');
    story.insert('open(file)');
    story.recorder.accepted(id);
    story.wait(SETTLED);
    const journal = await story.journal();
    expect(journal.filter(line => line.startsWith('a '))).toEqual(['a shown open(file)', 'a accepted']);
  });

  test('is told once, however often the command comes', async () => {
    const story = new Story('const a = █;');
    const id = story.offer('open(file)');
    story.tab();
    story.recorder.accepted(id);
    story.recorder.accepted(id);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted']);
  });

  test('of what replaces the closing bracket behind the cursor', async () => {
    const story = new Story('open(█)');
    story.offer('file, mode)', { replaced: 1 });
    story.wait(1_000);
    story.tab();
    story.wait(15_000);
    expect(story.drawn).toBe('open(file, mode)█');
    expect(await story.journal()).toEqual(['a shown file, mode)', 'a accepted', 'a there at 15']);
  });

  test('over several lines, in a document with CRLF', async () => {
    const story = new Story('f(() => {\r\n█\r\n});\r\n');
    story.offer('  one();\n  two();');
    story.wait(1_000);
    story.replace(story.cursor, story.cursor, '  one();\r\n  two();', story.cursor + 18);
    story.recorder.accepted('a');
    story.wait(15_000);
    expect((await story.journal()).slice(1)).toEqual(['a accepted', 'a there at 15']);
  });

  test('of something that nobody offered is passed over', async () => {
    const story = new Story('█');
    story.recorder.accepted('nobody');
    story.recorder.dismissed('nobody');
    expect(await story.journal()).toEqual([]);
  });

  test('whose text never comes has no survival', async () => {
    const story = new Story('const a = █;');
    const id = story.offer('open(file)');
    story.recorder.accepted(id);
    story.wait(700_000);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted']);
    expect(story.clock.pending).toBe(0);
  });
});

describe('typing all of it by hand', () => {
  test('is not acceptance', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    for (const char of 'open(file)') {
      story.wait(150);
      story.type(char);
    }
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a ignored']);
  });

  test('but for the last character, which Tab puts in, is', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.type('open(file');
    story.offerRest();
    story.wait(1_000);
    story.tab();
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted']);
  });
});

describe('partly accepted', () => {
  test('is a word put in at once', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.insert('open');
    story.offerRest();
    story.wait(1_000);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a partlyAccepted 4']);
  });

  test('within 750 ms says that it was shown', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.insert('open');
    expect(await story.journal()).toEqual(['a shown open(file)', 'a partlyAccepted 4']);
  });

  test('word by word counts from the start, and has one ending', async () => {
    const story = new Story('const a = █;');
    story.offer('await open(file)');
    story.wait(1_000);
    story.insert('await');
    story.offerRest();
    story.insert(' open');
    story.offerRest();
    story.wait(1_000);
    story.type('.');
    story.wait(SETTLED);
    expect(await story.journal()).toEqual([
      'a shown await open(file)',
      'a partlyAccepted 5',
      'a partlyAccepted 10',
      'a dismissed typed',
    ]);
  });

  test('and then wholly is accepted', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.insert('open');
    story.offerRest();
    story.tab();
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a partlyAccepted 4', 'a accepted']);
  });

  test.each([
    ['one character', 'x(y)', 'x', ''],
    ['a bracket that the editor closes', 'f()', 'f', ''],
    ['a pair of brackets', '() => 1', '(', ')'],
    ['a pair of quotes', '"" + a', '"', '"'],
    ['a line break with indentation', '\n    next();', '\n    ', ''],
    ['one character of two units', '🙂!', '🙂', ''],
  ])('is not %s: a single key does that', async (_, suggestion, inserted, closed) => {
    const story = new Story('const a = █');
    story.offer(suggestion);
    story.wait(1_000);
    story.insert(inserted, closed);
    expect(await story.journal()).toEqual([`a shown ${suggestion}`]);
  });

  test('is what the list of suggestions completes in the midst of a word, too', async () => {
    const story = new Story('const a = op█;');
    story.offer('en(file)');
    story.wait(1_000);
    story.replace(10, 12, 'open', 14);
    expect(await story.journal()).toEqual(['a shown en(file)', 'a partlyAccepted 2']);
  });
});

describe('dismissed', () => {
  test('is Esc, at once', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.escape();
    expect(await story.journal()).toEqual(['a shown open(file)', 'a dismissed escape']);
  });

  test('is typing something else', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.type('read');
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a dismissed typed']);
  });

  test('is typing something else after a part of it', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.type('op');
    story.offerRest();
    story.type('t');
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a dismissed typed']);
  });

  test('is typing something else, though another suggestion follows at once', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.type('r');
    story.offer('ead(file)');
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'b shown ead(file)', 'a dismissed typed']);
  });

  test('is not a slip of the finger that is mended at once', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.type('p');
    story.wait(500);
    story.backspace();
    story.offerRest();
    story.wait(1_000);
    story.tab();
    story.wait(15_000);
    expect(await story.journal()).toEqual(['a shown open(file)', 'a accepted', 'a there at 15']);
  });

  test('ends a life; shown once more later, the suggestion has a second one', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)', { id: 'a' });
    story.wait(1_000);
    story.escape();
    story.offer('open(file)', { id: 'a' });
    story.wait(1_000);
    story.tab();
    story.wait(SETTLED);
    expect(await story.journal()).toEqual([
      'a shown open(file)',
      'a dismissed escape',
      'a~2 shown open(file)',
      'a~2 accepted',
    ]);
  });

  test('by a closing bracket that nothing opened', async () => {
    const story = new Story('f(█');
    story.offer('file');
    story.wait(1_000);
    story.type(')');
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown file', 'a dismissed typed']);
  });

  test('is not a bracket that the editor closes while it is typed through', async () => {
    const story = new Story('█');
    story.offer('open(file, "r")');
    story.wait(1_000);
    story.type('open');
    story.insert('(', ')');
    story.type('file, ');
    story.insert('"', '"');
    expect(story.drawn).toBe('open(file, "█")');
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file, "r")']);
  });

  test('writes the time at which it happened', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    story.type('x');
    const at = story.clock.now();
    story.wait(SETTLED);
    expect((await story.events()).at(-1)).toEqual({ kind: 'dismissed', how: 'typed', id: 'a', at });
  });
});

describe('ignored', () => {
  test.each([
    ['the cursor went elsewhere', (story: Story) => story.moveTo(0)],
    ['the document was closed', (story: Story) => story.close()],
    ['another suggestion took its place', (story: Story) => story.offer('other()')],
    ['the engine had nothing to offer any more', (story: Story) => story.recorder.withdrawn(story.uri)],
    ['text before it was deleted', (story: Story) => story.backspace()],
    ['text behind it was deleted', (story: Story) => story.change(';', '')],
    [
      'the cursor went to another document',
      (story: Story) => story.recorder.cursorMoved('file:///b.ts', { line: 0, character: 0 }),
    ],
    ['Wisp was shut down', (story: Story) => void story.recorder.shutdown()],
  ])('%s', async (_, deed) => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    deed(story);
    story.wait(700);
    story.wait(SETTLED);
    const journal = (await story.journal()).filter(line => line.startsWith('a '));
    expect(journal).toEqual(['a shown open(file)', 'a ignored']);
  });

  test('by a suggestion in another document: one is visible at a time', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.wait(1_000);
    const { recorder } = story;
    const position = { line: 0, character: 0 };
    recorder.offered(
      {
        id: 'other',
        text: 'x',
        range: { start: position, end: position },
        source: 'openai',
        confidence: 1,
        provenance: [],
      },
      {
        requestId: 'r',
        document: { uri: 'file:///b.ts', path: 'b.ts', languageId: 'typescript', version: 1, text: '' },
        ...{ position, prefix: '', suffix: '', trigger: 'automatic' },
      },
      1,
    );
    story.wait(SETTLED);
    expect(await story.journal()).toEqual(['a shown open(file)', 'other shown x', 'a ignored']);
  });
});

test('nothing is written while the user wants no journal', async () => {
  const story = new Story('const a = █;');
  story.offer('open(file)');
  story.wait(1_000);
  story.recorder.keep(false);
  story.tab();
  story.offer('more()');
  story.wait(700_000);
  expect(await story.journal()).toEqual(['a shown open(file)']);
  story.recorder.keep(true);
  story.offer('again()');
  story.wait(1_000);
  expect((await story.journal()).at(-1)).toBe('c shown again()');
});

test('whatever happens, what was shown ends once and nothing else is told', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const story = new Story('function f() {\n  █\n}\n');
  const deeds: readonly (() => void)[] = [
    () => story.offer('call(one, "two");'),
    () => story.offer('return [x];\n'),
    () => story.offer('call(other)', { id: `same${below(3)}` }),
    () => story.type('call(one, "two");'[below(8)]!),
    () => story.insert('call'),
    () => story.insert('(', ')'),
    () => story.cursor > 0 && story.backspace(),
    () => story.tab(),
    () => story.putIn(),
    () => story.escape(),
    () => story.moveTo(below(story.text.length + 1)),
    () => story.replace(0, below(3), 'ab\n'),
    () => story.wait(below(1_500)),
    () => story.wait(below(30_000)),
    () => story.recorder.withdrawn(story.uri),
    () => story.close(),
  ];
  for (let i = 0; i < 2_000; i++) deeds[below(deeds.length)]!();
  await story.recorder.shutdown();
  const events = await story.events();
  const ids = new Set(events.map(event => event.id));
  expect(ids.size, `seed ${seed}`).toBeGreaterThan(50);
  for (const id of ids) {
    const kinds = events.filter(event => event.id === id).map(event => event.kind);
    const endings = kinds.filter(kind => ['accepted', 'dismissed', 'ignored'].includes(kind));
    expect(kinds[0], `seed ${seed}, ${id}: ${kinds}`).toBe('shown');
    expect(
      kinds.filter(kind => kind === 'shown'),
      `seed ${seed}, ${id}: ${kinds}`,
    ).toHaveLength(1);
    expect(endings, `seed ${seed}, ${id}: ${kinds}`).toHaveLength(1);
    const later = kinds.some(kind => kind === 'survival' || kind === 'edited');
    if (later) expect(endings, `seed ${seed}, ${id}: ${kinds}`).toEqual(['accepted']);
  }
  expect(story.clock.pending).toBe(0);
}, 30_000);
