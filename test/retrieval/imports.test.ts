import { expect, test } from 'vitest';
import { importsOf } from '../../src/retrieval/imports.ts';

test.each([
  [
    'js',
    'src/app/main.ts',
    "import { Store } from '../store/store';",
    'src/store/store.ts',
    'src/other/shop.ts',
  ],
  ['js', 'src/a.ts', "const { read } = require('./files')", 'src/files/index.ts', 'lib/filed.ts'],
  ['python', 'shop/cart.py', 'from .models.item import Item', 'shop/models/item.py', 'shop/views.py'],
  ['python', 'a.py', 'from shop.models import item', 'src/shop/models/item.py', 'src/views.py'],
  ['go', 'cmd/main.go', 'import (\n\t"github.com/me/shop/store"\n)', 'store/keep.go', 'web/page.go'],
  ['rust', 'src/main.rs', 'use crate::store::keep::{Keeper, Kept};', 'src/store/keep.rs', 'src/web.rs'],
  [
    'java',
    'A.java',
    'import org.shop.store.Keeper;',
    'src/org/shop/store/Keeper.java',
    'src/org/web/Page.java',
  ],
  ['c', 'main.c', '#include "store/keep.h"', 'src/store/keep.c', 'src/page.c'],
  ['ruby', 'main.rb', "require_relative 'store/keep'", 'lib/store/keep.rb', 'lib/page.rb'],
  ['php', 'main.php', 'use Shop\\Store\\Keeper;', 'src/Shop/Store/Keeper.php', 'src/Page.php'],
])('%s: %s, %s, fits %s', (family, path, text, fits, other) => {
  const imports = importsOf(text, family, path);
  expect(imports.fit(fits)).toBeGreaterThan(0.35);
  expect(imports.fit(other)).toBe(0);
});

test.each([
  ['js', 'src/a.ts', "import * as kept from './keep';", 'kept', ['src', 'keep']],
  ['js', 'src/a.ts', "const kept = require('../lib/keep')", 'kept', ['lib', 'keep']],
  ['python', 'a.py', 'import shop.keep as kept', 'kept', ['shop', 'keep']],
  ['python', 'a.py', 'from shop import sell, keep as kept', 'kept', ['shop', 'keep']],
  ['go', 'main.go', 'import (\n\tkept "my.host/shop/keep"\n)', 'kept', ['my.host', 'shop', 'keep']],
  ['go', 'main.go', 'import "my.host/shop/keep"', 'keep', ['my.host', 'shop', 'keep']],
  ['rust', 'main.rs', 'use crate::shop::{sell, keep as kept};', 'kept', ['shop', 'keep']],
])('%s: in %s, %s, %s is the module', (family, path, text, name, module) => {
  const imports = importsOf(text, family, path);
  expect(imports.modules(name)).toContainEqual(module);
  expect(imports.modules('sell')).not.toContainEqual(module);
  expect(imports.modules('other')).toEqual([]);
});
