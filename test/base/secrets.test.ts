import { describe, expect, test } from 'vitest';
import { hasSecret, MASK, maskLines, maskSecrets, secretsIn } from '../../src/base/secrets.ts';
import { maskAcross, maskAround, maskStretch } from '../../src/base/secretsAcross.ts';
import { plantedSecrets, privateKey } from '../support/plantedSecrets.ts';
import { newSeed, randomFrom } from '../support/random.ts';

/** Tokens are put together here, so that no scanner takes this file for a leak. */
const token = (...parts: string[]) => parts.join('');
const RANDOM = 'aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cD3fG6';

describe('a secret is masked', () => {
  const secrets: Record<string, string> = {
    'an AWS access key': token('AK', 'IAIOSFODNN7EXAMPLE'),
    'a GitHub token': token('gh', 'p_', RANDOM),
    'a fine-grained GitHub token': token('github', '_pat_', '11ABCDEFG0abcdefghijkl_', RANDOM),
    'a GitLab token': token('gl', 'pat-', 'x1y2z3A4B5C6D7E8F9G0'),
    'a Slack token': token('xo', 'xb-', '123456789012-abcdefABCDEF'),
    'a Stripe key': token('sk', '_live_', '51H8xYzAbCdEfGhIjKlMnOp'),
    'a Google key': token('AI', 'zaSyD', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'),
    'an OpenAI key': token('sk', '-proj-', RANDOM),
    'an Anthropic key': token('sk', '-ant-api03-', RANDOM, '-', RANDOM),
    'a JSON web token': token(
      'ey',
      'JhbGciOiJIUzI1NiJ9.',
      'ey',
      'JzdWIiOiIxMjM0In0.',
      'dozjgNryP4J3jVmNHl0w5N',
    ),
  };
  for (const [name, secret] of Object.entries(secrets)) {
    test(`${name}, bare and in code`, () => {
      expect(maskSecrets(secret)).toBe(MASK);
      expect(maskSecrets(`const client = make('${secret}');\n`)).toBe(`const client = make('${MASK}');\n`);
    });
  }

  test('a private key, whole or with one end cut off by a budget', () => {
    const body = `${'MIIEpAIBAAKCAQEA7bq8kR2m'.repeat(2)}\n${'hV1x9Qw3ZlYp0cTf'.repeat(4)}\n`;
    const begin = token('-----BEGIN RSA ', 'PRIVATE KEY-----\n');
    const end = token('-----END RSA ', 'PRIVATE KEY-----');
    expect(maskSecrets(`a = """${begin}${body}${end}"""`)).toBe(`a = """${MASK}"""`);
    expect(maskSecrets(`x = 1\n${begin}${body}`)).toBe(`x = 1\n${MASK}`);
    expect(maskSecrets(`${body}${end}\nx = 1`)).toBe(`${MASK}\nx = 1`);
  });

  test('the password in an address, and nothing else of it', () => {
    expect(maskSecrets('postgres://app:c0rrect-horse@db.internal:5432/main')).toBe(
      `postgres://app:${MASK}@db.internal:5432/main`,
    );
    expect(maskSecrets('redis://:Zk39xPq@cache')).toBe(`redis://:${MASK}@cache`);
  });

  test.each([
    [`password = "Tr0ub4dor&3xQ"`, `password = "${MASK}"`],
    [`  "api_key": "9f86d081884c7d65",`, `  "api_key": "${MASK}",`],
    [`const authToken: string = 'q7Rk2mX9pL4w';`, `const authToken: string = '${MASK}';`],
    [`os.environ["DB_PASSWORD"] = 'n4Kx8-Qw2Zp7'`, `os.environ["DB_PASSWORD"] = '${MASK}'`],
    [`DB_PASSWORD=a8Fk29Xm4Qp7Lw3Z\nNEXT=1`, `DB_PASSWORD=${MASK}\nNEXT=1`],
    [`  client_secret: 8c6976e5b5410415bde9\n`, `  client_secret: ${MASK}\n`],
  ])('a random value that is given to a telling name: %s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
    expect(hasSecret(text)).toBe(true);
  });
});

describe('what is no secret is left alone', () => {
  test.each([
    "withXsrfToken: spelling('withXSRFToken')",
    `const password = process.env['DB_PASSWORD'];`,
    `password = "changeme"`,
    `token: 'oauth2_access_token',`,
    `token = getAccessTokenForUser2(request)`,
    `secret: "your-secret-goes-here-1"`,
    `postgres://user:password@localhost/test`,
    `mysql://root:$\{PASSWORD}@localhost`,
    `https://example.com:8080/path@2x.png`,
    `<div class="sk-folding-cube sk-cube-1 sk-cube-parent">`,
    `import { a } from '@scope/task-runner-with-a-long-name-2';`,
    `\tcloudsecrets "go.k6.io/k6/v2/internal/secretsource/cloud"`,
    `const STORAGE_KEY = 'todos-vuejs-3.x'`,
    `secretName: "OPENAI_API_KEY",`,
    `"password_expires_at": "2016-11-06T15:32:17.000000",`,
    `PublicKeyToken=b77a5c561934e089`,
    `integrity: sha512-7emPTl6Dpo6JRXOXjLRxck+FlLRX5847cLKEn00PLAgc3g2hTZZgr+e4c2v6QpSmLeFP3n5yUo7ft6avBK/5jQ==`,
    `const hash = 'd41d8cd98f00b204e9800998ecf8427e';`,
    `if (auth === 'application/x-www-form-urlencoded') {`,
    '',
  ])('%s', text => {
    expect(maskSecrets(text)).toBe(text);
    expect(hasSecret(text)).toBe(false);
  });
});

test('masking what is masked changes nothing', () => {
  const masked = maskSecrets(`password = "Tr0ub4dor&3xQ"\nDB_PASSWORD=a8Fk29Xm4Qp7Lw3Z\n`);
  expect(maskSecrets(masked)).toBe(masked);
});

test('a mask takes as many lines as the secret did, where lines are counted', () => {
  const text = `one\n${privateKey(20)}\ntwo\npassword = "Tr0ub4dor&3xQ"\nthree`;
  const masked = maskLines(text);
  expect(masked.split('\n')).toHaveLength(text.split('\n').length);
  expect(masked).toMatch(/^one\n«secret»\n+two\npassword = "«secret»"\nthree$/);
});

test('what it is has a name', () => {
  const kinds = secretsIn(`${token('gh', 'p_', RANDOM)} postgres://a:Zk39xPq@b password = "q7Rk2mX9pL4w"`);
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'a GitHub token',
    'a password in an address',
    'a password or a key',
  ]);
});

describe('a secret that is cut', () => {
  const key = token('gh', 'p_', RANDOM);

  test('leaves no piece in either part, wherever it is cut', () => {
    const text = `const a = "${key}";\nconst b = 1;\n`;
    for (let at = 0; at <= text.length; at++) {
      const [head, tail] = maskAcross([text.slice(0, at), text.slice(at)]);
      const inside = at > 11 && at < 11 + key.length;
      expect(head! + tail!).toBe(`const a = "${MASK}${inside ? MASK : ''}";\nconst b = 1;\n`);
    }
  });

  test('is known by what is not shown of it', () => {
    const pem = privateKey(50);
    const lines = `x = """${pem}"""\ny = 1\n`;
    const from = lines.indexOf('\n', 1_500);
    expect(maskStretch(lines, from, lines.length)).toBe(`${MASK}"""\ny = 1\n`);
    expect(maskAround(lines, lines, 300, 300)).toEqual([`${MASK}"""\ny = 1\n`, `x = """${MASK}`]);
  });

  test('parts are masked as the whole is, but for the cuts', () => {
    const seed = newSeed();
    const random = randomFrom(seed);
    const pieces = [key, ' ', '\n', '"', 'password = "Tr0ub4dor&3xQ"', 'a', '://', 'x:y@', '=', '🙂', "'"];
    for (let round = 0; round < 300; round++) {
      const parts = Array.from({ length: 4 }, () =>
        Array.from({ length: 8 }, () => pieces[Math.floor(random() * pieces.length)]).join(''),
      );
      const whole = maskSecrets(parts.join('')).replaceAll(MASK, '');
      expect(maskAcross(parts).join('').replaceAll(MASK, ''), `seed ${seed}`).toBe(whole);
    }
  });
});

test('a long text of one character is no trap', () => {
  for (const char of [
    'a',
    '=',
    '-',
    'A1',
    ' ',
    'password:',
    'x://',
    '"',
    "='",
    'M1',
    'eyJ',
    'Basic ',
    '-----BEGIN ',
  ]) {
    expect(hasSecret(char.repeat(20_000))).toBe(false);
  }
});

test('planted secrets of every kind are found in code of any kind', () => {
  for (const { kind, code, secret } of plantedSecrets(3, 20261126)) {
    const masked = maskSecrets(`one();\n${code}\ntwo();\n`);
    for (const piece of secret) expect(masked, kind).not.toContain(piece);
    expect(masked, kind).toMatch(/^one\(\);\n[\s\S]*\ntwo\(\);\n$/);
  }
});
