import { expect, test } from 'vitest';
import { inProcess } from '../../../src/base/port.ts';
import type { EngineApi } from '../../../src/engine/api.ts';
import type { Hole } from '../../../src/evals/holes.ts';
import type { HoleResult } from '../../../src/evals/summary.ts';
import { askAll, type Site, typeAll } from '../../../src/evals/variants/contest.ts';
import type { System } from '../../../src/evals/variants/system.ts';

const hole = (id: string, more: Partial<Hole> = {}): Hole => ({
  ...{ id, path: `${id}.ts`, prefix: 'a', suffix: '', target: 'b', language: 'typescript' },
  ...more,
});
const holes = ['one', 'two', 'three', 'four'].map(id => hole(id));

/** A site whose systems tell what happens in `log`; `onAsk` is told who is asked at which hole. */
function siteOf(names: readonly string[], log: string[], onAsk: (at: string) => void = () => {}): Site {
  const engine: Pick<EngineApi, 'open' | 'close' | 'indexed'> = {
    open: ({ uri, dirty }) => void log.push(`open ${uri.split('/').at(-1)} ${dirty}`),
    close: ({ uri }) => void log.push(`close ${uri.split('/').at(-1)}`),
    indexed: async () => ({ files: 0, chunks: 0, bytes: 0, skipped: {}, seconds: 0, fromCache: 0 }),
  };
  const told = (name: string, { id }: Hole, signal: AbortSignal) => {
    log.push(`${name} at ${id}`);
    onAsk(`${name} at ${id}`);
    signal.throwIfAborted();
  };
  const systems = names.map(
    (name): System => ({
      name,
      async ask(at, signal) {
        told(name, at, signal);
        return { id: at.id, text: name } as HoleResult;
      },
      async type(at, signal) {
        told(name, at, signal);
        const nothing = { completed: 0, multiTokenCompleted: 0, displays: 0, rightDisplays: 0 };
        return { chars: 1, ...nothing, accepts: 0, keysSaved: 0 };
      },
    }),
  );
  const enter = async ({ id }: Hole) => void log.push(`enter ${id}`);
  // What a contest does not ask for is not there.
  return { engine: inProcess(engine as EngineApi), systems, enter } as unknown as Site;
}

const options = (signal = new AbortController().signal) => ({ directory: '/shop', signal });

test('all systems of all sites are asked at a hole before the next one, its file open once for each site', async () => {
  const log: string[] = [];
  const sites = [siteOf(['a', 'b'], log), siteOf(['c'], log)];
  const answers = await askAll(sites, holes.slice(0, 2), options());
  expect(log.slice(0, 8)).toEqual([
    ...['enter one', 'open one.ts true', 'a at one', 'b at one', 'close one.ts'],
    ...['enter one', 'open one.ts true', 'c at one'],
  ]);
  expect([...answers].map(([name, results]) => [name, results.map(({ id, text }) => [id, text])])).toEqual(
    ['a', 'b', 'c'].map(name => [
      name,
      [
        ['one', name],
        ['two', name],
      ],
    ]),
  );
});

test('a hole that not all were asked at when it was ended counts for nobody', async () => {
  const stop = new AbortController();
  const log: string[] = [];
  const site = siteOf(['a', 'b'], log, at => at === 'b at three' && stop.abort());
  const answers = await askAll([site], holes, options(stop.signal));
  expect([...answers.values()].map(results => results.map(({ id }) => id))).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
  expect(log.at(-1)).toBe('close three.ts');
});

test('what goes wrong at one of them is no ending in good order', async () => {
  const site = siteOf(['a'], [], () => {
    throw new Error('The engine is gone.');
  });
  await expect(askAll([site], holes, options())).rejects.toThrow('The engine is gone.');
});

test('only lines of code are typed', async () => {
  const mixed = [hole('one'), hole('two', { class: 'comment' }), hole('three', { class: 'mid-line' })];
  const answers = await typeAll([siteOf(['a'], [])], mixed, options());
  expect(answers.get('a')!.map(({ id }) => id)).toEqual(['one', 'three']);
});
