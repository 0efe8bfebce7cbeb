import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { WispExports } from '../../../src/extension.ts';
import { test } from '../registry.ts';

/** A place in the sample workspace where the next words stand in many other files. */
const PATH = 'web/customers.ts';
const LINE_BEFORE = 'delete from customers';
const TYPED = '    const row = await ';
const PATIENCE_MS = 5_000;
const TYPED_AGAIN = 5;

async function wisp(): Promise<WispExports> {
  const extension = vscode.extensions.getExtension<WispExports>('wisp-code.wisp');
  assert(extension, 'Wisp is not installed.');
  const exports = await extension.activate();
  await exports.engine.indexed({});
  return exports;
}

/** Opens the sample file as it is on disk, with what was typed at the place, the cursor behind it. */
async function openAtPlace(): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, PATH));
  await vscode.commands.executeCommand('workbench.action.files.revert');
  // Typed by hand it could be changed by the list of suggestions, which the language server opens when it is ready.
  const text = TYPED.slice(0, -1);
  const { document } = editor;
  const line = document.positionAt(document.getText().indexOf(LINE_BEFORE)).line + 1;
  await editor.edit(edit => edit.replace(document.lineAt(line).range, text));
  const place = new vscode.Position(line, text.length);
  editor.selection = new vscode.Selection(place, place);
  return editor;
}

/** Types one more character, as a user would, and gives the engine's decision about it. */
async function decisionAfterTyping(
  { document }: vscode.TextEditor,
  { engine }: WispExports,
): Promise<Outcome> {
  const uri = document.uri.toString();
  const newest = async () => (await engine.decisions({ uri }))[0];
  const before = (await newest())?.trace.requestId;
  const answer = async () => {
    const decision = await newest();
    const isAnswer = decision && decision.trace.requestId !== before && decision.outcome.kind !== 'cancelled';
    return isAnswer ? decision.outcome : undefined;
  };
  await vscode.commands.executeCommand('type', { text: ' ' });
  for (let again = 0; again < TYPED_AGAIN; again++) {
    const outcome = await within(PATIENCE_MS, answer);
    if (outcome) return outcome;
    // What VS Code took back, because its own list of suggestions came late, it asks again only after another key.
    await vscode.commands.executeCommand('deleteLeft');
    await vscode.commands.executeCommand('type', { text: ' ' });
  }
  return until(answer);
}

/** Right after the start of VS Code, while its language servers load, an answer may take long. */
async function until<T>(read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const value = await within(60_000, read);
  if (value === undefined) throw new Error('It did not come about in 60 s.');
  return value;
}

/** What `read` gives as soon as that is something; undefined if that takes longer. */
async function within<T>(
  ms: number,
  read: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (value !== undefined || performance.now() > deadline) return value;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function decision(): Promise<Outcome> {
  const exports = await wisp();
  return decisionAfterTyping(await openAtPlace(), exports);
}

/** Undoes what a test has written into the user's settings. */
async function restoring(name: string, body: () => Promise<void>): Promise<void> {
  const value = vscode.workspace.getConfiguration('wisp').inspect(name)?.globalValue;
  try {
    await body();
  } finally {
    await vscode.workspace.getConfiguration('wisp').update(name, value, true);
  }
}

test('typing yields ghost text from the workspace, and committing it puts it into the document', async () => {
  const exports = await wisp();
  const editor = await openAtPlace();
  const outcome = await decisionAfterTyping(editor, exports);
  assert('suggestion' in outcome, JSON.stringify(outcome));
  const { document, selection } = editor;
  const { line } = selection.active;
  let pause = 0;
  await until(async () => {
    // The list of suggestions hides ghost text that does not continue its selected item.
    await vscode.commands.executeCommand('hideSuggestWidget');
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    // On a busy machine an answer takes long, and asking anew would take the question back.
    pause += 300;
    await new Promise(resolve => setTimeout(resolve, pause));
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
    return document.lineAt(line).text === TYPED ? undefined : true;
  });
  const decisions = await exports.engine.decisions({ uri: document.uri.toString() });
  const offered = decisions.flatMap(one =>
    'suggestion' in one.outcome ? [one.outcome.suggestion.text] : [],
  );
  const written = document.lineAt(line).text.slice(TYPED.length);
  assert(offered.includes(written), `Nobody offered ${written}, but ${offered.join(' | ')}.`);
});

test('Wisp: Turn On or Off is obeyed at once, both ways', () =>
  restoring('enable', async () => {
    await vscode.commands.executeCommand('wisp.toggle');
    assert.equal(vscode.workspace.getConfiguration('wisp').get('enable'), false);
    assert.deepEqual(await decision(), { kind: 'notAsked', reason: 'off' });
    await vscode.commands.executeCommand('wisp.toggle');
    assert('suggestion' in (await decision()));
  }));

test('a language is turned off and on again without touching the others', () =>
  restoring('languages', async () => {
    await openAtPlace();
    await vscode.commands.executeCommand('wisp.toggleLanguage');
    const inspected = vscode.workspace.getConfiguration('wisp').inspect('languages');
    assert.deepEqual(inspected?.globalValue, { typescript: false });
    assert.deepEqual(await decision(), { kind: 'notAsked', reason: 'language off' });
    await vscode.commands.executeCommand('wisp.toggleLanguage');
    assert('suggestion' in (await decision()));
  }));

test('a snooze keeps Wisp quiet until it is ended', async () => {
  await vscode.commands.executeCommand('wisp.snooze', 5);
  try {
    assert.deepEqual(await decision(), { kind: 'notAsked', reason: 'snoozed' });
  } finally {
    await vscode.commands.executeCommand('wisp.snooze', 0);
  }
  assert('suggestion' in (await decision()));
});

test('a wrong setting is replaced by its default and switches nothing off', () =>
  restoring('intensity', async () => {
    await vscode.workspace.getConfiguration('wisp').update('intensity', 'loud', true);
    assert('suggestion' in (await decision()));
  }));

test('several cursors get no ghost text', async () => {
  const { engine } = await wisp();
  const editor = await openAtPlace();
  const { selection, document } = editor;
  const elsewhere = new vscode.Position(0, 0);
  editor.selections = [selection, new vscode.Selection(elsewhere, elsewhere)];
  const before = (await engine.decisions({ uri: document.uri.toString() })).length;
  await vscode.commands.executeCommand('type', { text: ' ' });
  await new Promise(resolve => setTimeout(resolve, 500));
  assert.equal((await engine.decisions({ uri: document.uri.toString() })).length, before);
  editor.selection = selection;
});

test('a file that is written by another program is found in the index soon', async () => {
  const { engine } = await wisp();
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const file = vscode.Uri.joinPath(folder, 'web/written.ts');
  const { files } = await engine.indexed({});
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('export const written = 1;\n'));
  await until(async () => ((await engine.indexed({})).files === files + 1 ? true : undefined));
  await vscode.workspace.fs.delete(file);
  await until(async () => ((await engine.indexed({})).files === files ? true : undefined));
});

test('the explanation is shown beside the code', async () => {
  await decision();
  await vscode.commands.executeCommand('wisp.why');
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'wisp');
  assert.match(shown?.document.getText() ?? '', /Why no suggestion.*customers\.ts, line \d+, column/s);
});

test('what a model would be told at the cursor is shown beside the code, with links to its places', async () => {
  await decision();
  await vscode.commands.executeCommand('wisp.showRetrieved');
  const shown = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.scheme === 'wisp-retrieved',
  )!.document;
  assert.match(shown.getText(), /# Retrieved for web\/customers\.ts, line \d+/);
  assert.match(shown.getText(), /## web\/\w+\.ts:\d+-\d+\nfound by \w+/);
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    shown.uri,
  );
  const [link] = links;
  assert.match(link!.target!.toString(), /web\/\w+\.ts#L\d+$/);
  assert.equal(shown.getText(link!.range), shown.getText().match(/^## (.*)$/m)![1]);
});

test('of which type it is what stands before a dot is asked of the language server, and namesakes are left alone', async () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const files = {
    'meant/parcel.ts': 'export class Packet {\n  weigh(): number {\n    return 1;\n  }\n}\n',
    'meant/index.ts': "export { Packet } from './parcel';\n",
    'other/packet.ts': 'export class Packet {\n  routeToHost(): void {}\n}\n',
    'use.ts':
      "import { Packet } from './meant';\n\nconst packet = new Packet();\nexport const weight = packet.\n",
  };
  const uriOf = (path: string) => vscode.Uri.joinPath(folder, path);
  for (const [path, text] of Object.entries(files)) {
    await vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));
  }
  const { engine } = await wisp();
  await until(async () => ((await engine.files({})).includes('use.ts') ? true : undefined));
  const editor = await vscode.window.showTextDocument(uriOf('use.ts'));
  const end = editor.document.lineAt(3).range.end;
  editor.selection = new vscode.Selection(end, end);
  const position = { line: end.line, character: end.character };
  const withMembers = async () => {
    const { snippets, leftOut } = await engine.search({ uri: editor.document.uri.toString(), position });
    const found = [...snippets, ...leftOut].filter(({ retriever }) => retriever.includes('members'));
    return found.map(({ path }) => path).sort();
  };
  // The server needs a while to start.
  await until(async () => {
    await vscode.commands.executeCommand('wisp.showRetrieved');
    return (await withMembers()).join() === 'meant/parcel.ts' ? true : undefined;
  });
  for (const path of Object.keys(files)) await vscode.workspace.fs.delete(uriOf(path));
});

test('a member that the language server does not know is withdrawn, and not shown again', async () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  // Of something else by the same name.
  const calls = Array.from({ length: 6 }, (_, i) => `  packet.routeToHost(target);\n  log(${i});\n`).join('');
  const use = 'export function use(packet: Parcel, target: string) {\n  packet';
  const files = {
    'route/a.ts': `export function routeAll(packet: any, target: any) {\n${calls}}\n`,
    'route/use.ts': `class Parcel {\n  weigh() {}\n}\nexport function first(packet: any, target: string) {\n${calls}}\n${use}\n}\n`,
  };
  const uriOf = (path: string) => vscode.Uri.joinPath(folder, path);
  for (const [path, text] of Object.entries(files)) {
    await vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));
  }
  const { engine } = await wisp();
  await until(async () => ((await engine.files({})).includes('route/use.ts') ? true : undefined));
  // Where the list of suggestions is open, VS Code shows nothing that does not continue it.
  const editorSettings = vscode.workspace.getConfiguration('editor');
  await editorSettings.update('suggestOnTriggerCharacters', false, true);
  await editorSettings.update('quickSuggestions', false, true);
  try {
    const editor = await vscode.window.showTextDocument(uriOf('route/use.ts'));
    const end = editor.document.positionAt(editor.document.getText().indexOf(use) + use.length);
    editor.selection = new vscode.Selection(end, end);
    const uri = editor.document.uri.toString();
    const outcomes = async () => (await engine.decisions({ uri })).map(({ outcome }) => outcome);
    await vscode.commands.executeCommand('type', { text: '.' });
    const refused = await until(async () => {
      const [newest] = await outcomes();
      if (newest?.kind === 'rejected') return newest;
      await vscode.commands.executeCommand('deleteLeft');
      await vscode.commands.executeCommand('type', { text: '.' });
      await new Promise(resolve => setTimeout(resolve, 1_000));
      return undefined;
    });
    assert.equal(refused.reason, 'routeToHost is no member that the language server knows here');
    assert(
      (await outcomes()).some(
        outcome => 'suggestion' in outcome && outcome.suggestion.text.startsWith('routeToHost'),
      ),
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  } finally {
    await editorSettings.update('suggestOnTriggerCharacters', undefined, true);
    await editorSettings.update('quickSuggestions', undefined, true);
    for (const path of Object.keys(files)) await vscode.workspace.fs.delete(uriOf(path));
  }
});

test('feedback is exported into the file that is named', async () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const file = vscode.Uri.joinPath(folder, 'exported.jsonl');
  const records = await vscode.commands.executeCommand<number>('wisp.exportFeedback', file);
  const lines = new TextDecoder()
    .decode(await vscode.workspace.fs.readFile(file))
    .split('\n')
    .filter(Boolean);
  assert.equal(lines.length, records);
});

test('the index is made anew when asked, and a restart keeps everything that was said', async () => {
  await vscode.commands.executeCommand('wisp.reindex');
  await vscode.commands.executeCommand('wisp.restart');
  assert('suggestion' in (await decision()));
});
