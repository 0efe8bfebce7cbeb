import { expect, test } from 'vitest';
import { languageOf } from '../../src/domain/languages.ts';
import { lineKinds } from '../../src/evals/lineKinds.ts';

/** Each line of `drawn` is a kind, a bar, and the line itself. */
function check(languageId: string, drawn: string): void {
  const rows = drawn
    .split('\n')
    .filter(row => row.includes('|'))
    .map(row => row.trimStart());
  const kinds = lineKinds(
    rows.map(row => row.slice(row.indexOf('|') + 1)),
    languageOf(languageId),
  );
  const redrawn = rows.map((row, i) => `${kinds[i]!.padEnd(8)}|${row.slice(row.indexOf('|') + 1)}`);
  expect(redrawn).toEqual(
    rows.map(row => row.replace(/^(\w+) *\|/, (_, kind: string) => `${kind.padEnd(8)}|`)),
  );
}

test('TypeScript', () => {
  check(
    'typescript',
    `
    import  |import { readFile } from 'node:fs/promises';
    import  |import {
    import  |  join,
    import  |} from 'node:path';
    import  |const fs = require('node:fs');
    import  |export * from './a.ts';
    blank   |
    comment |/**
    comment |  * What it is.
    comment |  */
    comment |/* one line */
    code    |export function load(path: string) {
    comment |  // why
    code    |  return import('./lazy.ts'); // trailing words are still code
    code    |  import('./side.ts');
    brackets|}
    brackets|});
    code    |} else {
    `,
  );
});

test('Python', () => {
  check(
    'python',
    `
    comment |"""What the module does."""
    import  |import os
    import  |from django.db import (
    import  |    models,
    import  |)
    code    |class Page(models.Model):
    comment |    '''
    comment |    Many lines.
    blank   |
    comment |    '''
    comment |    # why
    code    |    title = models.CharField(max_length=255)
    brackets|    )
    `,
  );
});

test('Go', () => {
  check(
    'go',
    `
    import  |package gin
    import  |import (
    import  |  "net/http"
    import  |  json "encoding/json"
    import  |)
    code    |func (c *Context) Next() {
    code    |  c.index++
    brackets|}
    `,
  );
});

test('Rust', () => {
  check(
    'rust',
    `
    import  |use clippy_utils::{
    import  |    diagnostics, sym,
    import  |};
    import  |pub(crate) use rustc_hir::Expr;
    import  |mod utils;
    code    |mod tests {
    comment |    /// What it does.
    code    |    let user = 1;
    brackets|    });
    `,
  );
});
