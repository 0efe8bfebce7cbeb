/** What stands in a text where a secret stood. Its length says nothing of the secret's. */
export const MASK = '«secret»';

/**
 * Replaces what looks like a credential by `MASK`: well-known token formats, private keys, passwords in addresses, and
 * random-looking values that are assigned to a name such as `password`. A value that is a placeholder is left alone.
 */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const { pattern, accepts } of KINDS) {
    masked = masked.replace(pattern, (...match) => {
      const last = match.at(-1);
      const groups: Groups = typeof last === 'object' ? last : {};
      const secret = groups.secret ?? match[0];
      if (accepts && !accepts(secret)) return match[0];
      return `${groups.before ?? ''}${MASK}${groups.after ?? ''}`;
    });
  }
  return masked;
}

/** Whether `maskSecrets` would change the text. */
export function hasSecret(text: string): boolean {
  return maskSecrets(text) !== text;
}

/** What is kept on both sides of a secret, and the secret itself if it is not the whole match. */
type Groups = Partial<Record<'before' | 'secret' | 'after', string>>;

interface Kind {
  /** Global; every repetition is bounded, or ends at the first foreign character, so that no text makes it slow. */
  readonly pattern: RegExp;
  readonly accepts?: (secret: string) => boolean;
}

const NAME =
  '(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|auth|(?:api|access|private|signing|encryption|account|client)[_-]?(?:key|secret))';

const KINDS: readonly Kind[] = [
  // A prompt is cut where its budget ends, so a key may have lost its first or its last line.
  {
    pattern:
      /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.-]{24,}?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|(?![A-Za-z0-9+/=\s\\:,.-]))/g,
  },
  {
    pattern: /(?:[A-Za-z0-9+/=]{16,100}\s{1,20}){1,200}-----END [A-Z ]{0,30}PRIVATE KEY-----/g,
  },
  whole(/(?:AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)[A-Z0-9]{16}\b/),
  whole(/gh[pousr]_[A-Za-z0-9]{30,255}/),
  whole(/github_pat_[A-Za-z0-9_]{22,255}/),
  whole(/gl(?:pat|ptt|dt|rt|cbt|soat)-[A-Za-z0-9_-]{20,255}/),
  whole(/xox[abeoprs]-[A-Za-z0-9-]{10,255}/),
  whole(/xapp-\d-[A-Za-z0-9-]{10,255}/),
  whole(/hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/),
  whole(/(?:[sr]k|pk)_(?:live|test)_[A-Za-z0-9]{16,255}/),
  whole(/whsec_[A-Za-z0-9+/=]{24,255}/),
  whole(/AIza[A-Za-z0-9_-]{35}/),
  whole(/ya29\.[A-Za-z0-9_-]{20,255}/),
  whole(/GOCSPX-[A-Za-z0-9_-]{20,255}/),
  whole(/sk-[A-Za-z0-9_-]{20,255}/, isRandom),
  whole(/hf_[A-Za-z0-9]{30,255}/, isRandom),
  whole(/npm_[A-Za-z0-9]{36}/, isRandom),
  whole(/pypi-AgE[A-Za-z0-9_-]{20,255}/),
  whole(/SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,64}/),
  whole(/dop_v1_[a-f0-9]{64}/),
  whole(/eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/),
  {
    pattern:
      /(?<before>\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@'"`]{0,100}:)(?<secret>[^\s/@'"`]{3,200})(?<after>@)/gi,
    accepts: password => !isPlaceholder(password),
  },
  {
    pattern: new RegExp(
      String.raw`(?<before>${NAME}\w{0,30}['"]?\]?\s{0,5}(?::\s{0,5}\w{1,20}\s{0,5})?(?:=>|:=|[:=,(])\s{0,5}(['"\`]))(?<secret>(?:(?!\2)[^\s\\]){8,512})(?<after>\2)`,
      'gi',
    ),
    accepts: isRandom,
  },
  // Environment files and YAML, where nothing is quoted.
  {
    pattern: new RegExp(
      String.raw`(?<before>${NAME}\w{0,30}(?:=|:[ \t]{1,5}))(?<secret>[A-Za-z0-9+/=_.~-]{16,512})(?=[ \t]*(?:\r?\n|$))`,
      'gi',
    ),
    accepts: isRandom,
  },
];

/** A token that is told by its own form, wherever it stands. */
function whole(token: RegExp, accepts?: (secret: string) => boolean): Kind {
  const anywhere = new RegExp(`(?<![A-Za-z0-9_-])${token.source}`, 'g');
  return accepts ? { pattern: anywhere, accepts } : { pattern: anywhere };
}

/** What people write where a password is to be filled in, or read from elsewhere. */
function isPlaceholder(value: string): boolean {
  return (
    /[${}<>%]|\*{3}|x{3}|\.{3}/i.test(value) ||
    /^(?:pass(?:word|wd)?|pwd|secret|token|postgres|root|admin|test|guest|user|mysql|changeme|example)$/i.test(
      value,
    )
  );
}

/**
 * Whether a value looks drawn at random. Words and names, however many are strung together, seldom change between
 * small letters, capitals, digits and signs; a random string does so at every second character.
 */
function isRandom(value: string): boolean {
  if (/[${}<>]/.test(value) || !/\d/.test(value) || entropyOf(value) < 3) return false;
  const solid = value.replace(/[-_.]/g, '');
  let changes = 0;
  for (let i = 1; i < solid.length; i++) {
    const before = classOf(solid[i - 1]!);
    const here = classOf(solid[i]!);
    // A capital and its small letters are one word.
    if (before !== here && !(before === 'A' && here === 'a')) changes++;
  }
  return changes >= 0.27 * (solid.length - 1);
}

function classOf(char: string): string {
  if (char >= 'a' && char <= 'z') return 'a';
  if (char >= 'A' && char <= 'Z') return 'A';
  if (char >= '0' && char <= '9') return '0';
  return '-';
}

/** Shannon entropy of the characters, in bits a character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
