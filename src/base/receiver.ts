/** What stands before a dot, an arrow or two colons and a name's beginning at the end of a text: `user` in `user.na`. */
export const RECEIVER =
  /([\p{L}_$][\p{L}\p{N}_$]*)(?:\(\)|\[[^\]]*\])?\s*(?:\?\.|->|::|\.)\s*[\p{L}\p{N}_$]*$/u;
