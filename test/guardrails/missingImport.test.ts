import { describe, expect, test } from 'vitest';
import { type KnownFiles, missingImport } from '../../src/guardrails/missingImport.ts';
import { judgedAt } from '../support/judged.ts';

function workspace(files: Readonly<Record<string, string>>, ready = true): KnownFiles {
  const places = new Set(Object.keys(files).flatMap(path => path.split('/')));
  return {
    ready,
    exists: path => path in files,
    read: path => files[path],
    hasPlace: name => places.has(name),
  };
}

const FILES = workspace({
  'package.json': '{ "name": "shop", "dependencies": { "lodash": "4", "@scope/kit": "1" } }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "app/*": ["./src/*"] } } }',
  'src/billing/invoice.ts': '',
  'src/billing/index.ts': '',
  'src/view.tsx': '',
  'src/style.css': '',
  'node_modules/installed/package.json': '{}',
  'pkg/__init__.py': '',
  'pkg/billing.py': '',
  'pkg/sub/__init__.py': '',
  'lib/shop.rb': '',
  'crates/a/Cargo.toml': '',
  'crates/a/src/lib.rs': 'pub mod net;\nmod inner {}\n',
  'crates/a/src/net/mod.rs': '',
  'crates/b/Cargo.toml': '',
  'crates/b/src/lib.rs': 'pub use outer::*;\n',
  'go.mod': 'module example.org/shop // our own\n\ngo 1.22\n',
  'billing/total.go': '',
  'cmd/shop/main.go': '',
});

/** `refused`, `doubted` or `kept`. */
function verdict(path: string, text: string, files = FILES): string {
  const { kind, ...rest } = missingImport(files).judge(judgedAt('█\n', text, { path }));
  return kind === 'kept' && 'doubt' in rest ? 'doubted' : kind;
}

describe('an import of a file', () => {
  test.each([
    ['src/a.ts', "import { total } from './billing/invoice';", 'kept'],
    ['src/a.ts', "import { total } from './billing/invoice.js';", 'kept'],
    ['src/a.ts', "import { total } from './billing/invoice.ts';", 'kept'],
    ['src/a.ts', "import { total } from './billing';", 'kept'],
    ['src/billing/a.ts', "export * from '../view';", 'kept'],
    ['src/billing/a.ts', "import '.';", 'kept'],
    ['src/a.ts', "import './style.css';", 'kept'],
    ['src/a.ts', "import logo from './logo.svg';", 'kept'],
    ['src/a.ts', "import { api } from './generated/api';", 'kept'],
    ['src/a.ts', "import { far } from '../../outside';", 'kept'],
    ['src/a.ts', "import { total } from './billing/invoices';", 'refused'],
    ['src/a.ts', "const { total } = require('./invoice')", 'refused'],
    ['src/a.ts', "const view = await import('./views');", 'refused'],
    ['src/a.ts', "export const from = './nowhere';", 'kept'],
    ['pkg/a.py', 'from .billing import total', 'kept'],
    ['pkg/a.py', 'from .sub import total', 'kept'],
    ['pkg/sub/a.py', 'from ..billing import total', 'kept'],
    ['pkg/a.py', 'from . import billing', 'kept'],
    ['pkg/a.py', 'from .invoices import total', 'refused'],
    ['other.py', 'from pkg.billing import total', 'kept'],
    ['other.py', 'from pkg.invoices import total', 'refused'],
    ['other.py', 'import numpy.linalg', 'kept'],
    ['lib/a.rb', "require_relative 'shop'", 'kept'],
    ['lib/a.rb', "require_relative 'shops'", 'refused'],
    ['crates/a/src/lib.rs', 'mod net;', 'kept'],
    ['crates/a/src/lib.rs', 'mod nets;', 'doubted'],
    ['crates/a/src/net/mod.rs', 'use crate::net::Socket;', 'kept'],
    ['crates/a/src/net/mod.rs', 'use crate::inner::Socket;', 'kept'],
    ['crates/a/src/net/mod.rs', 'use crate::nets::Socket;', 'refused'],
    ['crates/a/tests/net.rs', 'use crate::nets::Socket;', 'kept'],
    ['crates/b/src/a.rs', 'use crate::nets::Socket;', 'kept'],
    ['cmd/shop/main.go', '\t"example.org/shop/billing"', 'kept'],
    ['cmd/shop/main.go', '\tbills "example.org/shop/billings"', 'refused'],
    ['cmd/shop/main.go', '\t"example.org/shop/gen/billings"', 'kept'],
    ['cmd/shop/main.go', '\t"example.org/other/billings"', 'kept'],
    ['cmd/shop/main.go', 'const path = "example.org/shop/billings"', 'kept'],
  ])('%s: %s is %s', (path, text, expected) => {
    expect(verdict(path, text)).toBe(expected);
  });

  test('that the user began is judged as a whole', () => {
    const judged = judgedAt("import { total } from './billing/█\n", "invoices';", { path: 'src/a.ts' });
    expect(missingImport(FILES).judge(judged)).toEqual({
      kind: 'refused',
      reason: "it imports './billing/invoices', and there is no such file",
    });
  });

  test('that the user has typed is none of the suggestion’s doing', () => {
    const judged = judgedAt('from pkg.invoices import █\n', 'total', { path: 'other.py' });
    expect(missingImport(FILES).judge(judged)).toEqual({ kind: 'kept' });
  });

  test('is no matter before the workspace has been read, or outside of it', () => {
    const text = "import { total } from './nowhere';";
    expect(verdict('src/a.ts', text, workspace({}, false))).toBe('kept');
    expect(verdict('/elsewhere/a.ts', text)).toBe('kept');
  });
});

describe('an import of a package', () => {
  test.each([
    ["import { map } from 'lodash';", 'kept'],
    ["import { map } from 'lodash/fp';", 'kept'],
    ["import { kit } from '@scope/kit/deep';", 'kept'],
    ["import { readFile } from 'node:fs';", 'kept'],
    ["import { readFile } from 'fs/promises';", 'kept'],
    ["import { x } from 'installed';", 'kept'],
    ["import { x } from 'app/view';", 'kept'],
    ["import { x } from '@/view';", 'kept'],
    ["import { x } from 'underscore';", 'doubted'],
    ["import { x } from '@other/kit';", 'doubted'],
  ])('%s is %s', (text, expected) => {
    expect(verdict('src/a.ts', text)).toBe(expected);
  });

  test('cannot be told where there is no manifest', () => {
    expect(verdict('src/a.ts', "import { x } from 'underscore';", workspace({}))).toBe('kept');
  });
});
