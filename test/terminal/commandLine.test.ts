import { describe, expect, test } from 'vitest';
import { type Command, listOption, numberOption, UsageError } from '../../src/terminal/command.ts';
import { readCommandLine } from '../../src/terminal/commandLine.ts';

const search: Command = {
  name: 'search',
  operands: ['DIR', 'FILE:LINE:COL'],
  summary: 'Find things.',
  options: { budget: { value: 'TOKENS', help: 'How much.' }, cut: { help: 'Cut the line.' } },
  notes: 'A note.',
  run: async () => ({ json: null, text: '' }),
};
const compare: Command = {
  ...search,
  name: 'search compare',
  operands: ['A', 'B'],
  summary: 'Compare things.',
  options: { by: { value: 'WHAT', help: 'By this.', repeated: true } },
};
const index: Command = { ...search, name: 'index', operands: ['DIR'], summary: 'Read things.', options: {} };
const read = (...args: string[]) => readCommandLine(args, [index, search, compare]);

test('a command gets its operands and options, wherever the options stand', () => {
  expect(read('search', '--budget', '10', 'dir', '--json', 'a.ts:1:2', '--cut')).toEqual({
    kind: 'run',
    command: search,
    input: { operands: ['dir', 'a.ts:1:2'], options: { budget: '10', cut: true } },
    asJson: true,
  });
});

test('an option that may be repeated gives all its values in order', () => {
  expect(read('search', 'compare', 'a', '--by', 'x', 'b', '--by=y')).toEqual({
    kind: 'run',
    command: compare,
    input: { operands: ['a', 'b'], options: { by: ['x', 'y'] } },
    asJson: false,
  });
  expect(listOption({ operands: [], options: { by: ['x', 'y'] } }, 'by')).toEqual(['x', 'y']);
  expect(listOption({ operands: [], options: {} }, 'by')).toEqual([]);
});

test('a command of two words is told from an operand of the same name', () => {
  expect(read('help', 'search', 'compare')).toMatchObject({
    text: expect.stringContaining('Usage: wisp search compare A B'),
  });
  expect(read('search', './compare', 'a.ts')).toMatchObject({ command: search });
});

test('behind two dashes everything is an operand', () => {
  expect(read('index', '--', '--odd')).toMatchObject({ input: { operands: ['--odd'] }, asJson: false });
});

test.each([[[]], [['--help']], [['-h']], [['help']]])('%j lists the commands', args => {
  expect(read(...args)).toMatchObject({
    kind: 'help',
    text: expect.stringContaining('  search          Find things.'),
  });
});

test.each([[['search', '--help']], [['search', '-h']], [['help', 'search']]])(
  '%j tells about one command',
  args => {
    const wish = read(...args);
    expect(wish).toEqual({
      kind: 'help',
      text: [
        'Find things.',
        '',
        'Usage: wisp search DIR FILE:LINE:COL [OPTIONS]',
        '',
        '  --budget TOKENS  How much.',
        '  --cut            Cut the line.',
        '  --json           Print one JSON document to stdout and nothing else.',
        '  --help           Show this.',
        '',
        'A note.',
      ].join('\n'),
    });
  },
);

test('the version is asked for without a command', () => {
  expect(read('--version')).toEqual({ kind: 'version' });
});

describe('what makes no sense is one sentence', () => {
  test.each([
    [['serach', 'dir'], "There is no command 'serach'. Did you mean 'search'?"],
    [['destroy'], "There is no command 'destroy'."],
    [['search', 'dir'], "'wisp search' needs FILE:LINE:COL."],
    [['index'], "'wisp index' needs DIR."],
    [['index', 'a', 'b'], "'wisp index' has no use for 'b'."],
    [['index', 'a', '--fast'], "Unknown option '--fast'."],
    [['search', 'a', 'b', '--budget'], "Option '--budget <value>' argument missing."],
    [['search', 'a', 'b', '--cut=yes'], "Option '--cut' does not take an argument."],
  ])('%j', (args, sentence) => {
    expect(() => read(...args)).toThrow(new UsageError(sentence));
  });

  test.each(['-1', '1.5', 'ten', '', '0', '1e3', '99999999999999999999'])('--budget=%s', given => {
    const input = { operands: [], options: { budget: given } };
    expect(() => numberOption(input, 'budget', 1, 5)).toThrow(
      new UsageError(`--budget takes a whole number of at least 1, not '${given}'.`),
    );
  });
});

test('a number that is not given is the default', () => {
  expect(numberOption({ operands: [], options: {} }, 'budget', 1, 5)).toBe(5);
  expect(numberOption({ operands: [], options: { budget: '12' } }, 'budget', 1, 5)).toBe(12);
});
