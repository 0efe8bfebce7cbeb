import { describe, expect, test } from 'vitest';
import { termsIn } from '../../src/indexing/terms.ts';

describe('a word is searched by its whole and its parts', () => {
  const words: Record<string, readonly string[]> = {
    getUserName2: ['getusername2', 'get', 'user', 'name'],
    HTTPServer: ['httpserver', 'http', 'server'],
    parseHTTP: ['parsehttp', 'parse', 'http'],
    snake_case: ['snake_case', 'snake', 'case'],
    SCREAMING_SNAKE: ['screaming_snake', 'screaming', 'snake'],
    __init__: ['__init__', 'init'],
    $scope: ['$scope', 'scope'],
    x86_64: ['x86_64', '86', '64'],
    sha256Sum: ['sha256sum', 'sha', '256', 'sum'],
    user: ['user'],
    User: ['user'],
    iOS: ['ios', 'os'],
    größeÄndern: ['größeändern', 'größe', 'ändern'],
    ИмяФайла: ['имяфайла', 'имя', 'файла'],
    名前: ['名前'],
    userUser: ['useruser', 'user'],
  };
  for (const [word, terms] of Object.entries(words)) {
    test(word, () => expect(termsIn(word)).toEqual(terms));
  }
});

test('what names nothing has no terms', () => {
  for (const token of ['i', 'T', '_', '$', '42', '0xff', '1e9', '=>', '(', '\n', '\n>', '', '—', '\ud83d']) {
    expect(termsIn(token), JSON.stringify(token)).toEqual([]);
  }
});
