import { describe, expect, test } from 'vitest';
import { EditedText, type Span, spanAfter } from '../../src/feedback/edits.ts';
import { Story } from '../support/feedbackStory.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const CALL = 'send(order, customer, 100)';

function accepted(drawn = 'one();\n█\ntwo();\n', text = CALL): Story {
  const story = new Story(drawn);
  story.offer(text);
  story.wait(1_000);
  story.tab();
  return story;
}

/** What the journal says after the acceptance. */
async function after(story: Story): Promise<string[]> {
  return (await story.journal()).slice(2);
}

const ALL_THERE = ['a there at 15', 'a there at 30', 'a there at 120', 'a there at 300', 'a there at 600'];

describe('what is left of an accepted suggestion', () => {
  test('is looked at five times, and then no more', async () => {
    const story = accepted();
    story.wait(14_999);
    expect(await after(story)).toEqual([]);
    story.wait(1);
    expect(await after(story)).toEqual(['a there at 15']);
    story.wait(3_600_000);
    expect(await after(story)).toEqual(ALL_THERE);
    expect(story.clock.pending).toBe(0);
  });

  test('is all of it while only other text changes, before and behind', async () => {
    const story = accepted();
    story.change('one();', 'first();\nsecond();');
    story.change('two();', '');
    story.type(';');
    story.replace(story.text.indexOf(CALL), story.text.indexOf(CALL), 'await ');
    story.wait(600_000);
    expect(await after(story)).toEqual(ALL_THERE);
  });

  test('is told with its new text once, when it is first seen to have changed', async () => {
    const story = accepted();
    story.wait(15_000);
    story.change('100', '200');
    story.wait(100_000);
    story.change('order', 'offer');
    story.wait(600_000);
    expect(await after(story)).toEqual([
      'a there at 15',
      'a edited send(order, customer, 200)',
      ...ALL_THERE.slice(1),
    ]);
    const distances = (await story.events()).flatMap(event =>
      event.kind === 'survival' ? [event.distance * CALL.length] : [],
    );
    expect(distances.map(Math.round)).toEqual([0, 1, 3, 3, 3]);
  });

  test('is nothing once it was deleted', async () => {
    const story = accepted();
    story.wait(20_000);
    story.change(`${CALL}\n`, '');
    story.wait(600_000);
    expect(await after(story)).toEqual([
      'a there at 15',
      'a edited ',
      'a gone at 30',
      'a gone at 120',
      'a gone at 300',
      'a gone at 600',
    ]);
  });

  test('survived up to half of it changed', async () => {
    const story = accepted('█', 'abcdefghij');
    story.change('abcde', '12345');
    story.wait(15_000);
    story.change('f', '6');
    story.wait(15_000);
    expect((await after(story)).slice(1)).toEqual(['a there at 15', 'a gone at 30']);
  });

  test('is the same text again when a change was taken back', async () => {
    const story = accepted();
    story.change('100', '200');
    story.change('200', '100');
    story.wait(600_000);
    expect(await after(story)).toEqual(ALL_THERE);
  });

  test('is known no longer when the document is closed, but what was known is told', async () => {
    const story = accepted();
    story.wait(20_000);
    story.change('100', '200');
    story.close();
    story.wait(600_000);
    expect(await after(story)).toEqual(['a there at 15', 'a edited send(order, customer, 200)']);
    expect(story.clock.pending).toBe(0);
  });

  test('is known no longer when the document changes behind our back', async () => {
    const story = accepted();
    story.wait(20_000);
    story.text = story.text.replace(/\n/g, '\r\n');
    story.recorder.changed(story.uri, [], story.text);
    story.wait(600_000);
    expect(await after(story)).toEqual(['a there at 15']);
    expect(story.clock.pending).toBe(0);
  });

  test('is looked at for each of several', async () => {
    const story = accepted();
    story.wait(5_000);
    story.type('\n');
    story.offer('log(order)');
    story.wait(1_000);
    story.tab();
    story.change('customer', 'guest');
    story.wait(24_000);
    expect((await story.journal()).slice(4)).toEqual([
      'a edited send(order, guest, 100)',
      'a there at 15',
      'b there at 15',
      'a there at 30',
    ]);
  });
});

describe('where a span lies after edits', () => {
  /** Draws the span as `[…]` after the edit at `‹…›` in the drawn text was replaced. */
  function drawn(code: string, inserted: string): string {
    const plain = code.replace(/[[\]‹›]/g, '');
    const at = (sign: string) => code.slice(0, code.indexOf(sign)).replace(/[[\]‹›]/g, '').length;
    const span = spanAfter(
      { start: at('['), end: at(']') },
      { offset: at('‹'), removed: at('›') - at('‹'), inserted },
    );
    const text = plain.slice(0, at('‹')) + inserted + plain.slice(at('›'));
    return `${text.slice(0, span.start)}[${text.slice(span.start, span.end)}]${text.slice(span.end)}`;
  }

  test.each([
    ['what stands before it moves it', '‹ab›cd[efg]h', 'x', 'xcd[efg]h'],
    ['what stands behind it does not', 'ab[efg]h‹i›', 'xyz', 'ab[efg]hxyz'],
    ['what is typed right before it is not its own', 'ab‹›[efg]h', 'x', 'abx[efg]h'],
    ['what is typed right behind it is not its own', 'ab[efg]‹›h', 'x', 'ab[efg]xh'],
    ['what is typed inside is', 'ab[e‹›fg]h', 'x', 'ab[exfg]h'],
    ['what replaces its beginning is', 'ab[‹e›fg]h', 'xy', 'ab[xyfg]h'],
    ['what replaces its end is', 'ab[ef‹g›]h', 'xy', 'ab[efxy]h'],
    ['what replaces all of it is', 'ab[‹efg›]h', 'xy', 'ab[xy]h'],
    ['what replaces more than its beginning is not', 'a‹b[e›fg]h', 'xy', 'axy[fg]h'],
    ['what replaces more than its end is not', 'ab[ef‹g]h›', 'xy', 'ab[ef]xy'],
    ['what replaces more than all of it is not', 'a‹b[efg]h›', 'xy', 'a[]xy'],
  ])('%s', (_, code, inserted, expected) => {
    expect(drawn(code, inserted)).toBe(expected);
  });

  test('is where a twin that marks every character says', () => {
    const seed = newSeed();
    const random = randomFrom(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    for (let round = 0; round < 500; round++) {
      let marks = Array.from({ length: below(40) + 1 }, () => false);
      const start = below(marks.length);
      let span: Span = { start, end: start + below(marks.length - start + 1) };
      marks = marks.map((_, i) => i >= span.start && i < span.end);
      for (let step = 0; step < 20; step++) {
        const offset = below(marks.length + 1);
        const removed = Math.min(below(6) * below(2), marks.length - offset);
        const inserted = 'x'.repeat(below(5));
        const gone = marks.slice(offset, offset + removed);
        const own = removed > 0 ? gone.every(Boolean) : marks[offset - 1] === true && marks[offset] === true;
        marks.splice(offset, removed, ...Array.from(inserted, () => own));
        span = spanAfter(span, { offset, removed, inserted });
        const marked = marks.map((mark, i) => (mark ? i : -1)).filter(i => i >= 0);
        const spanned = Array.from({ length: span.end - span.start }, (_, i) => span.start + i);
        expect(spanned, `seed ${seed}, round ${round}, step ${step}`).toEqual(marked);
      }
    }
  });
});

test('changes are told as edits of the text, without what stays the same', () => {
  const text = new EditedText('one fo();\ntwo();\n');
  const line = (line: number, start: number, end: number, text: string) => ({
    range: { start: { line, character: start }, end: { line, character: end } },
    text,
  });
  const edits = [...text.apply([line(1, 0, 3, 'three'), line(0, 4, 6, 'format')])];
  expect(edits).toEqual([
    { offset: 11, removed: 2, inserted: 'hree' },
    { offset: 6, removed: 0, inserted: 'rmat' },
  ]);
  expect(text.text).toBe('one format();\nthree();\n');
});
