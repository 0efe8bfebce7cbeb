/** Whether a language itself, or what every program in it has at hand, knows a name. */
export function isBuiltIn(name: string, family: string): boolean {
  return NAMES[family]?.has(name) ?? false;
}

const NAMES: Readonly<Record<string, ReadonlySet<string>>> = {
  js: new Set(namesOfJavaScript()),
};

/** Asked of the engine that runs this: the names of everything global, of its members and of their prototypes. */
function* namesOfJavaScript(): Iterable<string> {
  const globals: object = globalThis;
  for (const name of Object.getOwnPropertyNames(globals)) {
    yield name;
    const value = held(globals, name);
    yield* membersOf(value);
    yield* membersOf(value && held(value, 'prototype'));
  }
}

function membersOf(value: object | undefined): readonly string[] {
  return value ? Object.getOwnPropertyNames(value) : [];
}

function held(holder: object, name: string): object | undefined {
  const value = Object.getOwnPropertyDescriptor(holder, name)?.value;
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? value : undefined;
}
