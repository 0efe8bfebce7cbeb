import { expect, test } from 'vitest';
import { innermost } from '../../src/syntax/injections.ts';

function at(drawn: string, languageId = 'html') {
  const [prefix, suffix] = drawn.split('█') as [string, string];
  const inner = innermost({ languageId, prefix, suffix });
  return `${inner.languageId}: ${inner.prefix}█${inner.suffix}`;
}

test.each([
  ['<p>█</p>', 'html: <p>█</p>'],
  ['<script>a(█);</script><p>', 'javascript: a(█);'],
  ['<script type="module">a(█);</script>', 'javascript: a(█);'],
  ['<SCRIPT src="b.js">a(█);</SCRIPT>', 'javascript: a(█);'],
  ['<script lang="ts">a(█)', 'typescript: a(█)'],
  ['<script type="application/ld+json">{█}</script>', 'json: {█}'],
  ['<script type="text/template"><p>█</script>', 'html: <script type="text/template"><p>█</script>'],
  ['<style>\na { █ }\n</style>', 'css: \na { █ }\n'],
  ['<style lang="scss">a { █ }</style>', 'html: <style lang="scss">a { █ }</style>'],
  ['<script>a();</script>█', 'html: <script>a();</script>█'],
  ['<script █>a();</script>', 'html: <script █>a();</script>'],
  ['█', 'html: █'],
])('%s', (drawn, expected) => {
  expect(at(drawn)).toBe(expected);
});

test('only languages that embed others are looked into', () => {
  expect(at('<script>█</script>', 'php')).toBe('php: <script>█</script>');
  expect(at('<script setup lang="ts">█</script>', 'vue')).toBe('typescript: █');
});
