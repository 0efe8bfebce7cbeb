import { expect, test } from 'vitest';
import { onlyComments } from '../../src/guardrails/onlyComments.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

const verdict = (code: string, text: string, path = 'a.ts') =>
  verdictOf(onlyComments, judgedAt(code, text, { path }));

test.each([
  ['a.ts', '// Copyright 2024 Somebody'],
  ['a.ts', '/*\n * Licensed under the Apache License\n */'],
  ['a.py', '# SPDX-License-Identifier: MIT'],
  ['a.ts', '// ...'],
  ['a.ts', '// TODO: implement'],
  ['a.py', '# your code here'],
  ['a.ts', '// rest of the code'],
  ['a.ts', '// This adds two numbers.\n// It returns their sum.'],
  ['a.py', '# First we look.\n# Then we leap.'],
])('%s: %j is refused', (path, text) => {
  expect(verdict('█\n', text, path)).toBe('refused');
});

test.each([
  ['a.ts', '█\n', '// Sorted by time.'],
  ['a.ts', '█\n', '// Sorted by time.\nsort(a);'],
  ['a.ts', '// This adds two numbers.\n█\n', '// It returns\n// their sum.'],
  ['a.ts', '/**\n * Adds.\n█\n */', ' * Copyright 2024\n * Somebody'],
  ['a.ts', '// █\n', 'Copyright 2024'],
  ['a.rb', '█\n', '*a, b = c\n*d = e'],
  ['a.ts', '█\n', 'todo(implement);\nadd();'],
])('%s: %j with %j is kept', (path, code, text) => {
  expect(verdict(code, text, path)).toBe('kept');
});
