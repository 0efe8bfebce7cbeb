/**
 * How surprising a letter is behind another in the words of code, a word's edge counted as the 27th letter. Made by
 * `test/train/letterPairs.ts` on 2026-11-26 from the source of typeorm 281bfba42, cody dced3c1d4, rust-clippy e57f468d8,
 * gin dcaa4296, hugo 7b5199fde, pydantic 2151025aa, scrapy 11079cb1c and tokio ea91b33ca. A row for each first letter, a
 * character for each second one: half bits from `0` on.
 */
const HALF_BITS =
  '<989A>:E:E=6:7E9E685<=>?<A9' +
  '7<:<7=A?7=A5;>7=B99=7?@C<@6' +
  '7?<>7>C7:C89=@5?B9;6:@DA=F7' +
  '8=>;4>?D6@B;?@9@D;:?;ADB=E3' +
  ':>86<;=B?BA9:7?;>579@<>:@F5' +
  '8><<77=D5C@8=?6@E9:;9CAD;A6' +
  '9@@B5?:98CC:>:8?B89>:AB@?@3' +
  '5=><4@BB7CB<=>6AA9<89BEC<C5' +
  ':<89:;:FBB@9946;C:87C;B=D;;' +
  '7:<;6A<<:><=<=8;A>687;=@@?5' +
  ':=>;4>=C7A?;?=<>@=7;<A=D<D3' +
  '7>>;5?BB5B@7??7>GA:::?AD:C6' +
  '5:>=5A@A6A@<:?86D@;=9ABC:C6' +
  '8@887;6@9A<=@<9>C?76<<AD?C5' +
  '<<99?<;B=@<884:9E6998;:?@B9' +
  '6>=>6@@;8GA7@A79D6:9:ADC;F7' +
  '<>>=<??>?@?7?@<<@;:=2=<?>=5' +
  '6@;;4?<B7H<=;<7=F;89;=AE;F5' +
  ';B:A6@C:8E?<>?::?@869A?C=G3' +
  '7@<?5@B95BE=>@8>G88;;C@@:C5' +
  ':8:;9<9C9DC885>8E776@BD?C@:' +
  '5<==3=?@5?B@??;@C?<?>?@C=@6' +
  '5==<6@@96A@:@77@B89>AA==CA5' +
  ':?9?7=B<8??=;?<5B?<6=?B;<B4' +
  '<;;;;?>A<BB;:::7A>9:>C=@@>2' +
  '7=<=3>=>7?@<;=9=@><@=<=<:;5' +
  '897899::9<>:8:;8>878:<;??>N';

const LETTERS = 27;
const EDGE = 26;

/**
 * How surprising the letters of a text are as words of code, in bits a letter. Words are cut at capitals, digits and
 * signs. Words have 3 to 5; letters drawn at random about 7, and of 14 letters in 99 cases out of 100 more than 5.8.
 */
export function surpriseOf(text: string): { readonly bits: number; readonly letters: number } {
  let halfBits = 0;
  let letters = 0;
  let last = EDGE;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) | 32 : 0;
    const letter = code >= 97 && code <= 122 ? code - 97 : EDGE;
    if (letter !== EDGE && last !== EDGE && beginsWord(text, i)) {
      halfBits += cost(last, EDGE);
      last = EDGE;
    }
    if (letter !== EDGE || last !== EDGE) halfBits += cost(last, letter);
    if (letter !== EDGE) letters++;
    last = letter;
  }
  return { bits: letters === 0 ? 0 : halfBits / 2 / letters, letters };
}

function cost(first: number, second: number): number {
  return HALF_BITS.charCodeAt(first * LETTERS + second) - 48;
}

/** The `S` of `someName`, `HTTPServer`: a capital behind a small letter, or before one. */
function beginsWord(text: string, at: number): boolean {
  if (isSmall(text, at)) return false;
  return isSmall(text, at - 1) || isSmall(text, at + 1);
}

function isSmall(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122;
}
