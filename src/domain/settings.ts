import * as v from 'valibot';

/**
 * Everything a user can set, under `wisp.` in VS Code and as one JSON object (`--variant`) in the terminal.
 * The schema in package.json repeats names, defaults and bounds; `test/domain/settings.test.ts` holds the two together.
 */
const count = (least: number, most: number, otherwise: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)), otherwise);
const globs = v.optional(v.array(v.string()), []);

export const PROMPT_TEMPLATES = [
  'auto',
  'suffix',
  'qwen',
  'starcoder',
  'codellama',
  'deepseek',
  'codestral',
  'codegemma',
  'granite',
] as const;
export type PromptTemplate = (typeof PROMPT_TEMPLATES)[number];

export const INTENSITIES = ['quiet', 'balanced', 'eager'] as const;
export type Intensity = (typeof INTENSITIES)[number];

/** What becomes of the work of indexing that nobody waits for while the machine lives on its battery. */
export const ON_BATTERY = ['full', 'slow', 'pause'] as const;

const section = <const E extends v.ObjectEntries>(entries: E) =>
  v.optional(v.strictObject(entries), {} as never);

const SettingsSchema = v.strictObject({
  enable: v.optional(v.boolean(), true),
  /** `*` stands for every language that is not named. */
  languages: v.optional(v.record(v.string(), v.boolean()), {}),
  intensity: v.optional(v.picklist(INTENSITIES), 'balanced'),
  exclude: globs,
  index: section({
    maxFileKilobytes: count(1, 65_536, 512),
    maxSourceMegabytes: count(1, 4_096, 64),
    cpuPercent: count(5, 100, 80),
    onBattery: v.optional(v.picklist(ON_BATTERY), 'slow'),
  }),
  model: section({
    baseUrl: v.optional(
      v.union([
        v.literal(''),
        v.pipe(v.string(), v.regex(/^https?:\/\/\S+$/, 'must begin with http:// or https://')),
      ]),
      '',
    ),
    name: v.optional(v.string(), ''),
    template: v.optional(v.picklist(PROMPT_TEMPLATES), 'auto'),
    maxTokens: count(1, 4_096, 96),
    contextTokens: count(256, 131_072, 2_048),
    debounceMilliseconds: count(0, 5_000, 75),
    timeoutMilliseconds: count(100, 120_000, 8_000),
  }),
  embedding: section({
    model: v.optional(v.string(), ''),
  }),
  feedback: section({
    record: v.optional(v.boolean(), true),
  }),
});

export type Settings = v.InferOutput<typeof SettingsSchema>;

/** Languages where ghost text disturbs more than it helps unless the user says otherwise. */
export const QUIET_LANGUAGES: Readonly<Record<string, boolean>> = {
  '*': true,
  plaintext: false,
  markdown: false,
  scminput: false,
  log: false,
};

export const defaultSettings: Settings = Object.freeze(v.parse(SettingsSchema, {}));

/**
 * Reads settings from unchecked data. What is wrong is named in `problems`, one sentence each, and its default is
 * used, so that one bad line never switches Wisp off.
 */
export function parseSettings(input: unknown): { settings: Settings; problems: readonly string[] } {
  const result = v.safeParse(SettingsSchema, input);
  if (result.success) return { settings: Object.freeze(result.output), problems: [] };
  const problems: string[] = [];
  const repaired = structuredClone(input) as Record<string, unknown>;
  if (typeof repaired !== 'object' || repaired === null) {
    return { settings: defaultSettings, problems: ['The settings are not a JSON object.'] };
  }
  for (const issue of result.issues) {
    const keys = (issue.path ?? []).map(item => String(item.key));
    const unknown = issue.expected === 'never';
    const problem = unknown ? 'There is no such setting.' : `${issue.message}. The default is used.`;
    problems.push(`wisp.${keys.join('.')}: ${problem}`);
    dropAt(repaired, keys);
  }
  const second = v.safeParse(SettingsSchema, repaired);
  return { settings: second.success ? Object.freeze(second.output) : defaultSettings, problems };
}

/** Removes the shallowest setting on the way to `keys` that the schema knows as one value. */
function dropAt(object: Record<string, unknown>, keys: readonly string[]): void {
  const [first, second] = keys;
  if (first === undefined) return;
  const inner = object[first];
  if (second !== undefined && typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
    delete (inner as Record<string, unknown>)[second];
  } else {
    delete object[first];
  }
}

/** Whether the user wants ghost text in this language. */
export function languageEnabled(settings: Settings, languageId: string): boolean {
  return (
    settings.languages[languageId] ??
    QUIET_LANGUAGES[languageId] ??
    settings.languages['*'] ??
    QUIET_LANGUAGES['*'] ??
    true
  );
}
