/**
 * Secrets to be planted, made at run time from their published formats and a generator of random numbers: nothing that
 * looks like one stands in the repository.
 */
import { randomFrom } from './random.ts';

export interface Planted {
  readonly kind: string;
  /** A statement or line that holds the secret, as people write it. */
  readonly code: string;
  /** What must not be found anywhere, in pieces: of a key of many lines each line. */
  readonly secret: readonly string[];
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const LETTERS = UPPER + LOWER + DIGITS;
const URL_SAFE = `${LETTERS}-_`;
const BASE64 = `${LETTERS}+/`;

/** A private key of so many lines in PEM's form; drawn, not generated. */
export function privateKey(lines: number, seed = 1, name = 'RSA '): string {
  const draw = drawFrom(randomFrom(seed));
  const body = Array.from({ length: lines }, () => draw(BASE64, 64)).join('\n');
  return `-----BEGIN ${name}PRIVATE ${'KEY'}-----\n${body}\n-----END ${name}PRIVATE ${'KEY'}-----`;
}

function drawFrom(random: () => number) {
  return (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]!).join('');
}

type Draw = ReturnType<typeof drawFrom>;

/** Tokens with a form of their own: how one is drawn, by kind. */
const TOKENS: Readonly<Record<string, (draw: Draw) => string>> = {
  'AWS access key': draw => `AK${'IA'}${draw(`${UPPER}234567`, 16)}`,
  'Google API key': draw => `AI${'za'}Sy${draw(URL_SAFE, 33)}`,
  'Google OAuth token': draw => `ya${'29.'}a0${draw(URL_SAFE, 120)}`,
  'DigitalOcean token': draw => `do${'p_v1_'}${draw(HEX, 64)}`,
  'Databricks token': draw => `da${'pi'}${draw(HEX, 32)}`,
  'Vault token': draw => `hv${'s.'}${draw(LETTERS, 24)}`,
  'GitHub token': draw => `gh${'p_'}${draw(LETTERS, 36)}`,
  'GitHub fine-grained token': draw => `github${'_pat_'}${draw(LETTERS, 22)}_${draw(LETTERS, 59)}`,
  'GitLab token': draw => `gl${'pat-'}${draw(URL_SAFE, 20)}`,
  'Atlassian token': draw => `AT${'ATT3'}xFfGF0${draw(URL_SAFE, 60)}`,
  'Slack bot token': draw => `xo${'xb-'}${draw(DIGITS, 12)}-${draw(DIGITS, 12)}-${draw(LETTERS, 24)}`,
  'Slack webhook': draw =>
    `https://hooks.${'slack.com'}/services/T${draw(UPPER + DIGITS, 8)}/B${draw(UPPER + DIGITS, 10)}/${draw(LETTERS, 24)}`,
  'Discord token': draw => `MT${draw(LETTERS, 22)}.G${draw(LETTERS, 5)}.${draw(URL_SAFE, 38)}`,
  'Telegram token': draw => `${draw('123456789', 10)}:${'AA'}${draw(URL_SAFE, 33)}`,
  'Stripe key': draw => `sk${'_live_'}51${draw(LETTERS, 40)}`,
  'Square token': draw => `sq0${'atp-'}${draw(URL_SAFE, 22)}`,
  'Shopify token': draw => `shp${'at_'}${draw(HEX, 32)}`,
  'OpenAI key': draw => `sk${'-proj-'}${draw(URL_SAFE, 74)}`,
  'Anthropic key': draw => `sk${'-ant-'}api03-${draw(URL_SAFE, 93)}AA`,
  'Hugging Face token': draw => `hf${'_'}${draw(UPPER + LOWER, 34)}`,
  'npm token': draw => `np${'m_'}${draw(LETTERS, 36)}`,
  'PyPI token': draw => `py${'pi-'}AgEIcHlwaS5vcmc${draw(URL_SAFE, 140)}`,
  'RubyGems key': draw => `ruby${'gems_'}${draw(HEX, 48)}`,
  'Docker Hub token': draw => `dckr${'_pat_'}${draw(URL_SAFE, 27)}`,
  'SendGrid key': draw => `SG${'.'}${draw(URL_SAFE, 22)}.${draw(URL_SAFE, 43)}`,
  'Mailgun key': draw => `ke${'y-'}${draw(HEX, 32)}`,
  'Twilio key': draw => `S${'K'}${draw(HEX, 32)}`,
  'Grafana token': draw => `gl${'sa_'}${draw(LETTERS, 32)}_${draw(HEX, 8)}`,
  'New Relic key': draw => `NR${'AK-'}${draw(UPPER + DIGITS, 27)}`,
  'Linear key': draw => `lin${'_api_'}${draw(LETTERS, 40)}`,
  'Airtable token': draw => `pa${'t'}${draw(LETTERS, 14)}.${draw(HEX, 64)}`,
  'JSON web token': draw => `ey${'J'}${draw(LETTERS, 33)}.ey${'J'}${draw(LETTERS, 80)}.${draw(URL_SAFE, 43)}`,
};

/** Values without a form, in the ways in which people give them. */
const ASSIGNED: Readonly<Record<string, (draw: Draw) => readonly [code: string, secret: string]>> = {
  'password in code': draw =>
    given(
      `${pick(draw, ['password', 'db_password', 'PASSWD', 'passphrase'])} = "`,
      draw(`${LETTERS}!@#%&*`, 14),
      '"',
    ),
  'secret key in an object': draw =>
    given(
      `${pick(draw, ['secretKey', 'client_secret', '"api_key"', 'apiSecret'])}: '`,
      draw(LETTERS, 32),
      "',",
    ),
  'hexadecimal key': draw =>
    given(`${pick(draw, ['API_KEY', 'apiKey', 'encryption_key', 'SESSION_SECRET'])} = "`, draw(HEX, 32), '"'),
  'AWS secret key': draw =>
    given(
      `${pick(draw, ['aws_secret_access_key', 'secretAccessKey', 'AWS_SECRET'])} = "`,
      draw(BASE64, 40),
      '"',
    ),
  'Azure storage key': draw =>
    given(`AccountName=shop;Account${'Key'}=`, `${draw(BASE64, 86)}==`, ';EndpointSuffix=core.windows.net'),
  'connection string': draw =>
    given(`Server=db;Database=shop;User Id=app;Pass${'word'}=`, draw(`${LETTERS}!@#*`, 12), ';'),
  'password in an address': draw =>
    given(
      `${pick(draw, ['postgres', 'mysql', 'mongodb+srv', 'redis', 'amqp', 'https'])}://app:`,
      draw(`${LETTERS}-_!`, 12),
      '@db.internal/shop',
    ),
  'environment file': draw =>
    given(`${pick(draw, ['DB_PASSWORD', 'APP_SECRET', 'AUTH_TOKEN'])}=`, draw(LETTERS, 20), '\n'),
  'YAML value': draw =>
    given(`${pick(draw, ['password', 'client_secret', 'access_token'])}: `, draw(LETTERS, 24), '\n'),
  'bearer header': draw => given(`Authorization: Bear${'er '}`, draw(LETTERS, 40), '"'),
  'basic header': draw => given(`Authorization: Bas${'ic '}`, `${draw(LETTERS, 26)}==`, '"'),
  'function argument': draw =>
    given(`set${pick(draw, ['Password', 'ApiKey', 'AuthToken'])}("`, draw(LETTERS, 24), '")'),
  'query string': draw => given('https://api.example.com/v1?access_token=', draw(LETTERS, 32), '&page=2'),
  'XML element': draw => given('<password>', draw(LETTERS, 16), '</password>'),
  'command line': draw => given('deploy --token ', draw(LETTERS, 32), ' --now'),
  'Go assignment': draw => given('authToken := "', draw(LETTERS, 28), '"'),
  'C definition': draw => given('#define API_KEY "', draw(LETTERS, 28), '"'),
  'Rust constant': draw => given(`const API_SECRET: &str = "`, draw(LETTERS, 28), '";'),
};

function given(before: string, secret: string, after: string): readonly [string, string] {
  return [before + secret + after, secret];
}

function pick<T>(draw: Draw, from: readonly T[]): T {
  return from[Number(draw(DIGITS, 6)) % from.length]!;
}

/** `each` secrets of every kind, in the same order and with the same texts for the same seed. */
export function plantedSecrets(each: number, seed: number): readonly Planted[] {
  const random = randomFrom(seed);
  const draw = drawFrom(random);
  const frames = [
    (token: string) => `client = connect("${token}")`,
    (token: string) => `export const key = '${token}';`,
    (token: string) => `KEY=${token}`,
    (token: string) => `# old key: ${token}`,
    (token: string) => `  - name: ${token}`,
    (token: string) => `{"value":"${token}","ttl":60}`,
    (token: string) => `curl -H 'X-Key: ${token}' https://api.example.com`,
  ];
  const planted: Planted[] = [];
  for (let i = 0; i < each; i++) {
    for (const [kind, drawn] of Object.entries(TOKENS)) {
      const token = drawn(draw);
      planted.push({ kind, code: pick(draw, frames)(token), secret: [token] });
    }
    for (const [kind, drawn] of Object.entries(ASSIGNED)) {
      const [code, secret] = drawn(draw);
      planted.push({ kind, code, secret: [secret] });
    }
    for (const name of ['RSA ', '', 'OPENSSH ', 'EC ']) {
      const key = privateKey(8 + (i % 5) * 10, Math.floor(random() * 1e9), name);
      const escaped = i % 3 === 2;
      const code = escaped ? `"private_key": "${key.replaceAll('\n', '\\n')}"` : `KEY = """${key}"""`;
      planted.push({ kind: `${name}private key`, code, secret: key.split('\n').slice(1, -1) });
    }
  }
  return planted;
}
