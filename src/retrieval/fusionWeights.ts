/** Weights of the features of `relevance.ts`, made by `test/train/fusion.ts`; do not edit by hand. */
export const FUSION = {
  madeFrom:
    '1200 holes in the newest commits of httpx, flask, pydantic, typeorm, cody, continue, gin, hugo, prometheus, tokio, rust-clippy, gson, serilog, guzzle, jekyll, 2026-11-26',
  weights: [
    1.126, // lexical
    6, // members
    2.215, // continuation
    2.263, // session
    1.126, // embedding
    -6.996, // bias
    0.1, // rarity
    0.997, // rarity²
    0.136, // lines
    0.214, // files
    -0.105, // line
    1.461, // stretch
    5.256, // parts
    1.453, // rank
    0.063, // length
  ],
} as const;
