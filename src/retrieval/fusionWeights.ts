/** Weights of the features of `relevance.ts`, made by `test/train/fusion.ts`; do not edit by hand. */
export const FUSION = {
  madeFrom: '402 holes in the newest commits of continue, flask, prometheus, 2026-11-26',
  weights: [
    0.738, // lexical
    1.585, // members
    0.464, // symbols
    1.585, // continuation
    0.446, // session
    0.45, // embedding
    -6.519, // bias
    -0.686, // rarity
    0.138, // rarity²
    -0.109, // lines
    -0.118, // files
    0.027, // line
    0.657, // stretch
    2.006, // parts
    1.145, // rank
    -0.61, // length
  ],
} as const;
