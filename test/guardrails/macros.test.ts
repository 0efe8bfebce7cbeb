import { expect, test } from 'vitest';
import { withoutMacros } from '../../src/guardrails/macros.ts';

test.each([
  ['CHECK_THROWS_AS(a(b), Error&);', '', ['CHECK_THROWS_AS(0);']],
  ['SECTION("a (") {', '', ['if (0) {', 'void f() {']],
  ['  SECTION("a") // b', '\n  {', ['  if (0) // b', '  void f() // b']],
  ['list_for_each(a, b) {', '', ['if (0) {', 'void f() {']],
  ['DEPRECATED_FOR(1.2.3, operator==(a))', '\nbool f();', ['']],
  ['API_EXPORT void f(int a);', '', [' void f(int a);']],
  ['TESTED(1) int a;', '', [' int a;']],
  ['if (a) {', '', []],
  ['f(a);', '', []],
  ['CHECK(a;', '', []],
  ['CHECK(a[1);', '', []],
  ['CHECK(a, "b);', '', []],
  ['CHECK(a[1], {}, ")");', '', ['CHECK(0);']],
  ['a = b.MAX();', '', []],
])('%j before %j', (code, next, expected) => {
  expect(withoutMacros(code, next)).toEqual(expected);
});
