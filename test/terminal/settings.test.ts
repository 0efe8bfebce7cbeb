import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { defaultSettings } from '../../src/domain/settings.ts';
import { UsageError } from '../../src/terminal/command.ts';
import { readSettings } from '../../src/terminal/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'wisp-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(options: Record<string, string>, env: Record<string, string> = {}) {
  const said: string[] = [];
  const settings = await readSettings(
    { operands: [], options },
    { env, say: sentence => said.push(sentence) },
  );
  return { settings, said };
}

function file(content: string): string {
  const path = join(folder, `${content.length}.json`);
  writeFileSync(path, content);
  return path;
}

test('without options the defaults hold, and no model is asked', async () => {
  const { settings, said } = await read({}, { WISP_MODEL_URL: 'http://localhost:1/v1' });
  expect(settings).toEqual(defaultSettings);
  expect(settings.model.baseUrl).toBe('');
  expect(said).toEqual([]);
});

test('what is wrong in a settings file is said and its default taken', async () => {
  const { settings, said } = await read({
    settings: file('{"intensity": "eager", "index": {"maxFileKilobytes": -1}}'),
  });
  expect(settings.intensity).toBe('eager');
  expect(settings.index.maxFileKilobytes).toBe(defaultSettings.index.maxFileKilobytes);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('wisp.index.maxFileKilobytes');
});

test('a settings file that is missing or no JSON is one sentence', async () => {
  await expect(read({ settings: join(folder, 'gone.json') })).rejects.toThrow('cannot be read');
  await expect(read({ settings: file('{') })).rejects.toThrow('cannot be read');
});

test('a model is asked on the server of the environment, or else of the settings', async () => {
  const server = file('{"model": {"baseUrl": "http://localhost:2/v1", "name": "other", "maxTokens": 12}}');
  const env = { WISP_MODEL_URL: 'http://localhost:1/v1' };
  expect((await read({ model: 'tiny' }, env)).settings.model).toMatchObject({
    baseUrl: env.WISP_MODEL_URL,
    name: 'tiny',
  });
  expect((await read({ model: 'tiny', settings: server })).settings.model).toMatchObject({
    baseUrl: 'http://localhost:2/v1',
    name: 'tiny',
    maxTokens: 12,
  });
  expect((await read({ settings: server })).settings.model.name).toBe('other');
});

test("the model 'workspace' asks no server, whatever the settings say", async () => {
  const server = file('{"model": {"baseUrl": "http://localhost:2/v1", "name": "other"}}');
  const { settings } = await read(
    { model: 'workspace', settings: server },
    { WISP_MODEL_URL: 'http://localhost:1/v1' },
  );
  expect(settings.model).toMatchObject({ baseUrl: '', name: '' });
});

test('a model without a server is wrong usage, and an address that is none is an error', async () => {
  await expect(read({ model: 'tiny' })).rejects.toThrow(UsageError);
  await expect(read({ model: 'tiny' }, { WISP_MODEL_URL: 'localhost' })).rejects.toThrow(
    'WISP_MODEL_URL is not usable',
  );
});
