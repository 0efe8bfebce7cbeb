import { describe, expect, test } from 'vitest';
import { queryFor } from '../../src/retrieval/query.ts';
import { at } from '../support/cursor.ts';

const weigh = (
  code: string,
  rarity: (term: string) => number = () => 1,
  frequency: (term: string) => number = () => 1,
) => queryFor(at(code), { rarity, frequency });

describe('the query at a cursor', () => {
  test('has the words around it, nearer ones weighted more', () => {
    const query = weigh('farAway();\n\n\n\nnearBy();\n█\n\nbelowIt();\n');
    expect([...query.keys()].sort()).toEqual(
      ['away', 'below', 'belowit', 'by', 'far', 'faraway', 'it', 'near', 'nearby'].sort(),
    );
    expect(query.get('nearby')).toBeGreaterThan(query.get('faraway')!);
  });

  test('reaches up to what opens the blocks around it, past the lines between', () => {
    const between = '    step();\n'.repeat(100);
    const query = weigh(`class OrderDesk {\n  placeOrder(order) {\n${between}    █\n  }\n}\n`);
    expect(weigh(`class OrderDesk {\n${between}█`).has('orderdesk'), 'on an empty line, too').toBe(true);
    expect(query.get('orderdesk')).toBe(query.get('placeorder'));
    expect(query.get('placeorder')).toBeGreaterThan(0.5);
  });

  test('leaves out what nothing else holds, and keeps the rare before the common', () => {
    const words = Array.from(
      { length: 40 },
      (_, i) => `name${String.fromCharCode(97 + (i % 26)).repeat(3 + i / 26)}`,
    );
    const rarity = (term: string) => (term === 'nameaaa' ? 0 : term === 'name' ? 0.001 : 5);
    const query = weigh(`${words.join(' ')}█`, rarity);
    expect(query.size).toBe(20);
    expect(query.has('nameaaa')).toBe(false);
    expect(query.has('name')).toBe(false);
  });

  test('passes over what stands in so many chunks that reading them would take long', () => {
    const query = weigh('rare(common, usual)█', undefined, term => (term === 'common' ? 150_000 : 20_000));
    expect([...query.keys()]).toEqual(['rare', 'usual']);
  });

  test('is empty in an empty file', () => {
    expect(weigh('█').size).toBe(0);
  });
});
