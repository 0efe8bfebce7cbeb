import { beforeAll, expect, test } from 'vitest';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';

let grammars: Grammars;
beforeAll(async () => {
  grammars = await grammarsFor(...CASES.map(({ grammar }) => grammar), 'tsx');
}, 60_000);

/** A symbol a line, with the lines of its signature: `first-last kind container.name`. */
function drawn(grammar: string, text: string): string {
  const outliner = new Outliner(grammars, readQuery);
  const { symbols } = outliner.outline(grammar, text, 10_000)!;
  outliner.dispose();
  return symbols
    .map(({ kind, name, container, startLine, signatureEndLine }) => {
      const lines = `${startLine}-${signatureEndLine}`;
      return `${lines} ${kind} ${container === undefined ? '' : `${container}.`}${name}`;
    })
    .join('\n');
}

const CASES: readonly { readonly grammar: string; readonly text: string; readonly symbols: string }[] = [
  {
    grammar: 'typescript',
    text: `import { a } from './a.ts';
/** Keeps. */
export class Store<T> implements Readable {
  readonly size: number;
  // Reads.
  get(
    key: string,
  ): T | undefined {
    const local = 1;
  }
}
interface Readable { get(key: string): unknown; name: string }
type Key = string;
enum Color { Red, Green = 2 }
export const make = (size: number) => {
  return 1;
};
const LIMIT = 3;
function* steps() {}
`,
    symbols: `3-3 class Store
4-4 field Store.size
6-8 method Store.get
12-12 interface Readable
12-12 method Readable.get
12-12 field Readable.name
13-13 type Key
14-14 enum Color
14-14 constant Color.Red
14-14 constant Color.Green
15-15 function make
18-18 constant LIMIT
19-19 function steps`,
  },
  {
    grammar: 'javascript',
    text: `class A { #b = 1; run(x) { return x; } }
const go = async x => x;
module.exports.stop = function (now) {
  return now;
};
`,
    symbols: `1-1 class A
1-1 field A.b
1-1 method A.run
2-2 function go
3-3 function stop`,
  },
  {
    grammar: 'python',
    text: `LIMIT = 3


@final
class Store(Base):
    size: int = 0

    def __init__(self, size):
        self.items = {}
        total = 1

    @property
    def first(
        self,
    ):
        return self.items[0]
`,
    symbols: `1-1 constant LIMIT
4-5 class Store
6-6 field Store.size
8-8 function Store.__init__
9-9 field Store.items
12-15 function Store.first`,
  },
  {
    grammar: 'go',
    text: `package a

const Limit = 1

// Store keeps.
type Store struct {
	size int
}

type Reader interface {
	Read(p []byte) (int, error)
}

func (s *Store) Get(key string) string {
	return ""
}

func New() *Store { return nil }
`,
    symbols: `3-3 constant Limit
6-6 class Store
7-7 field Store.size
10-10 interface Reader
11-11 method Reader.Read
14-14 method Store.Get
18-18 function New`,
  },
  {
    grammar: 'rust',
    text: `/// Keeps.
#[derive(Debug)]
pub struct Store<T> {
    size: usize,
}

impl<T> Store<T> {
    pub fn get(&self) -> Option<T>
    where
        T: Clone,
    {
        None
    }
}

pub trait Read { fn read(&self); }
enum Color { Red }
macro_rules! shout { () => {} }
const LIMIT: usize = 3;
`,
    symbols: `3-3 class Store
4-4 field Store.size
7-7 extension Store
8-10 function Store.get
16-16 interface Read
16-16 function Read.read
17-17 enum Color
17-17 constant Color.Red
18-18 macro shout
19-19 constant LIMIT`,
  },
  {
    grammar: 'java',
    text: `public class Store {
  private int size;
  /** Reads. */
  public String get(int key) {
    return null;
  }
  enum Color { RED }
}
`,
    symbols: `1-1 class Store
2-2 field Store.size
4-4 method Store.get
7-7 enum Store.Color
7-7 constant Color.RED`,
  },
  {
    grammar: 'c',
    text: `#define LIMIT 3
typedef struct {
  int size;
} store;
int get(store *s);
char *name(store *s)
{
  return 0;
}
enum color { RED };
`,
    symbols: `1-1 macro LIMIT
2-2 class store
3-3 field store.size
5-5 function get
6-6 function name
10-10 enum color
10-10 constant color.RED`,
  },
  {
    grammar: 'cpp',
    text: `namespace a {
class Store : public Base {
 public:
  int get(int key) const;
  int size_;
};
int Store::get(int key) const {
  return 1;
}
}
`,
    symbols: `1-1 module a
2-2 class a.Store
4-4 method Store.get
5-5 field Store.size_
7-7 method Store.get`,
  },
  {
    grammar: 'c-sharp',
    text: `class Store : Base
{
    private int size;
    public string Name { get; set; }
    public int Get(int key)
    {
        return 1;
    }
}
enum Color { Red }
`,
    symbols: `1-1 class Store
3-3 field Store.size
4-4 field Store.Name
5-5 method Store.Get
10-10 enum Color
10-10 constant Color.Red`,
  },
  {
    grammar: 'ruby',
    text: `module Shop
  class Store < Base
    LIMIT = 3
    attr_reader :size

    # Reads.
    def get(key)
      1
    end
  end
end
`,
    symbols: `1-1 module Shop
2-2 class Shop.Store
3-3 constant Store.LIMIT
4-4 field Store.size
7-7 method Store.get`,
  },
  {
    grammar: 'php',
    text: `<?php
class Store extends Base {
    const LIMIT = 3;
    private $size;
    public function get(int $key): string
    {
        return '';
    }
}
function make() {}
`,
    symbols: `2-2 class Store
3-3 constant Store.LIMIT
4-4 field Store.size
5-5 method Store.get
10-10 function make`,
  },
];

test.each(CASES)('what $grammar defines', ({ grammar, text, symbols }) => {
  expect(drawn(grammar, text)).toBe(symbols);
});

test('tsx is understood as TypeScript is', () => {
  expect(drawn('tsx', 'export const App = () => <b/>;\n')).toBe('1-1 function App');
});
