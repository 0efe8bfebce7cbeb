import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import {
  defaultSettings,
  INTENSITIES,
  languageEnabled,
  ON_BATTERY,
  PROMPT_TEMPLATES,
  parseSettings,
  QUIET_LANGUAGES,
} from '../../src/domain/settings.ts';

/** What a property of package.json's configuration may say. */
interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly order?: number;
}

const properties = Object.entries<Property>(manifest.contributes.configuration.properties);

/** The settings object in which the setting `wisp.a.b` has this value. */
function withSetting(name: string, value: unknown): Record<string, unknown> {
  const [, ...keys] = name.split('.');
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
}

function valueAt(settings: unknown, name: string): unknown {
  const [, ...keys] = name.split('.');
  return keys.reduce((object, key) => (object as Record<string, unknown>)[key], settings);
}

const problemsOf = (name: string, value: unknown) => parseSettings(withSetting(name, value)).problems;

describe('package.json and the settings', () => {
  test('have the same names', () => {
    const names = Object.entries(defaultSettings).flatMap(([name, value]) =>
      typeof value === 'object' && !Array.isArray(value) && name !== 'languages'
        ? Object.keys(value).map(inner => `wisp.${name}.${inner}`)
        : [`wisp.${name}`],
    );
    expect(properties.map(([name]) => name).sort()).toEqual(names.sort());
  });

  test.each(properties)('%s: the default is the same and is accepted', (name, property) => {
    const given = name === 'wisp.languages' ? QUIET_LANGUAGES : valueAt(defaultSettings, name);
    expect(property.default).toEqual(given);
    expect(problemsOf(name, property.default)).toEqual([]);
  });

  test.each(properties.filter(([, { type }]) => type === 'integer'))(
    '%s: the bounds are the same',
    (name, property) => {
      const { minimum, maximum } = property;
      expect(problemsOf(name, minimum)).toEqual([]);
      expect(problemsOf(name, maximum)).toEqual([]);
      for (const wrong of [minimum! - 1, maximum! + 1, minimum! + 0.5, '1', null]) {
        expect(problemsOf(name, wrong), String(wrong)).toHaveLength(1);
      }
    },
  );

  test('offer the same choices, each with a description', () => {
    const choices = properties.filter(([, property]) => property.enum);
    expect(choices.map(([name, property]) => [name, property.enum])).toEqual([
      ['wisp.intensity', [...INTENSITIES]],
      ['wisp.index.onBattery', [...ON_BATTERY]],
      ['wisp.model.template', [...PROMPT_TEMPLATES]],
    ]);
    for (const [name, property] of choices) {
      expect(property.enumDescriptions ?? property.markdownEnumDescriptions).toHaveLength(
        property.enum!.length,
      );
      expect(problemsOf(name, 'nonsense')).toHaveLength(1);
    }
  });

  test.each([
    '',
    'http://localhost:8080/v1',
    'https://host',
    'localhost:8080',
    'ftp://host',
    'http://',
    'http://a b',
  ])('agree whether %j is an address', address => {
    const { pattern } = manifest.contributes.configuration.properties['wisp.model.baseUrl'];
    expect(problemsOf('wisp.model.baseUrl', address).length === 0).toBe(new RegExp(pattern).test(address));
  });

  test('are described, and shown in an order', () => {
    for (const [name, property] of properties) {
      expect(property.description ?? property.markdownDescription, name).toMatch(/^[A-Z].*[^ ]\.$/s);
      expect(property.order, name).toBeTypeOf('number');
    }
    expect(new Set(properties.map(([, { order }]) => order)).size).toBe(properties.length);
  });
});

describe('wrong settings', () => {
  test('are named one by one, and everything else is kept', () => {
    const { settings, problems } = parseSettings({
      enable: false,
      intensity: 'loud',
      model: { baseUrl: 'localhost', name: 'coder', maxTokens: 0 },
      languages: { python: 'yes', go: false },
      exclude: ['vendor/**', 7],
    });
    expect(problems).toHaveLength(5);
    for (const name of [
      'wisp.intensity',
      'wisp.model.baseUrl',
      'wisp.model.maxTokens',
      'wisp.languages.python',
    ]) {
      expect(
        problems.filter(problem => problem.startsWith(`${name}: `)),
        name,
      ).toHaveLength(1);
    }
    expect(settings).toMatchObject({
      enable: false,
      intensity: 'balanced',
      model: { baseUrl: '', name: 'coder', maxTokens: 96 },
      languages: { go: false },
      exclude: [],
    });
  });

  test('include a misspelt name', () => {
    const { settings, problems } = parseSettings({ intensty: 'quiet', model: { nmae: 'coder' } });
    const sentence = 'There is no such setting.';
    expect([...problems].sort()).toEqual([`wisp.intensty: ${sentence}`, `wisp.model.nmae: ${sentence}`]);
    expect(settings).toEqual(defaultSettings);
  });

  test.each([null, 'wisp', 7])('that are no object at all (%j) are replaced by the defaults', input => {
    expect(parseSettings(input).settings).toEqual(defaultSettings);
    expect(parseSettings(input).problems).not.toEqual([]);
  });
});

test('a language is on unless it is quiet by nature or switched off, by itself or with all others', () => {
  const on = (languages: Record<string, boolean>, id: string) =>
    languageEnabled({ ...defaultSettings, languages }, id);
  expect(on({}, 'python')).toBe(true);
  expect(on({}, 'markdown')).toBe(false);
  expect(on({ markdown: true }, 'markdown')).toBe(true);
  expect(on({ '*': false }, 'python')).toBe(false);
  expect(on({ '*': false, python: true }, 'python')).toBe(true);
});
