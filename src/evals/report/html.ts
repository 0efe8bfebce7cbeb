/** A piece of markup. Only `html` and `trusted` make one, and `html` escapes whatever is none. */
export class Html {
  readonly markup: string;
  // Makes the type nominal: nothing that was parsed from data passes for markup.
  readonly #made = true;

  constructor(markup: string) {
    this.markup = markup;
  }

  static is(value: unknown): value is Html {
    return typeof value === 'object' && value !== null && #made in value;
  }
}

export type Part = string | number | Html | readonly Html[];

/** Markup with values in it. Strings and numbers stand for themselves, in text and in quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((whole, string, i) => whole + markupOf(parts[i - 1]!) + string));
}

/** Text of our own that is markup, a style sheet or a script already. Never for anything that was read or made. */
export function trusted(text: string): Html {
  return new Html(text);
}

export const nothing = trusted('');

function markupOf(part: Part): string {
  if (Html.is(part)) return part.markup;
  if (typeof part === 'object') return part.map(({ markup }) => markup).join('');
  return String(part).replace(/[&<>"'`]/g, character => `&#${character.charCodeAt(0)};`);
}
