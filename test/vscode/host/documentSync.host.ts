import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { inProcess, type Remote } from '../../../src/base/port.ts';
import { DocumentSync, openDocuments } from '../../../src/editor/documentSync.ts';
import { Stopwatch } from '../../../src/editor/stopwatch.ts';
import type { EngineApi } from '../../../src/engine/api.ts';
import { Documents } from '../../../src/engine/documents.ts';
import { randomFrom } from '../../support/random.ts';
import { test } from '../registry.ts';

/** The engine's own mirror, fed by VS Code's real events, and what it was told besides. */
async function withMirror(body: (mirror: Documents, told: string[]) => Promise<void>): Promise<void> {
  const mirror = new Documents(() => undefined);
  const told: string[] = [];
  const api: Partial<EngineApi> = {
    open(document) {
      told.push('open');
      mirror.open(document);
    },
    change({ uri, version, changes }) {
      told.push('change');
      mirror.change(uri, version, changes);
    },
    saved: ({ uri }) => void mirror.saved(uri),
    close({ uri }) {
      told.push('close');
      mirror.close(uri);
    },
    cursorMoved() {},
  };
  for (const document of openDocuments()) mirror.open(document);
  const sync = new DocumentSync(inProcess(api) as Remote<EngineApi>, new Stopwatch());
  try {
    await body(mirror, told);
  } finally {
    sync.dispose();
  }
}

function assertSame(document: vscode.TextDocument, mirror: Documents, about = ''): void {
  const copy = mirror.get(document.uri.toString());
  assert.equal(copy?.text, document.getText(), about);
  assert.equal(copy?.version, document.version, about);
}

const PIECES = ['x', '\n', '\r\n', '\t', 'let é = "😀";', '', 'a\nb\nc', '  '];

test('the mirror of a document is exact after random edits, CRLF and changes of line ending included', () =>
  withMirror(async mirror => {
    const seed = 20_261_124;
    const random = randomFrom(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    const document = await vscode.workspace.openTextDocument({
      content: 'one\r\ntwo\r\nthree',
      language: 'go',
    });
    const editor = await vscode.window.showTextDocument(document);
    for (let round = 0; round < 100; round++) {
      const length = document.getText().length;
      const from = below(length + 1);
      const to = Math.min(length, from + below(8));
      const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
      const eol = random() < 0.1 ? [vscode.EndOfLine.LF, vscode.EndOfLine.CRLF][below(2)]! : undefined;
      await editor.edit(edit => {
        edit.replace(range, PIECES[below(PIECES.length)]!);
        // A second place in the same edit, far enough away not to touch the first.
        const last = document.lineAt(document.lineCount - 1).range.end;
        if (range.end.line + 1 < last.line) edit.insert(last, PIECES[below(PIECES.length)]!);
        if (eol) edit.setEndOfLine(eol);
      });
      if (random() < 0.1) await vscode.commands.executeCommand('undo');
      assertSame(document, mirror, `seed ${seed}, round ${round}`);
    }
  }));

test('typing sends edits and never the whole text', () =>
  withMirror(async (mirror, told) => {
    const document = await vscode.workspace.openTextDocument({ content: 'package main\n', language: 'go' });
    await vscode.window.showTextDocument(document);
    told.length = 0;
    for (const text of 'func') await vscode.commands.executeCommand('type', { text });
    assertSame(document, mirror);
    assert.deepEqual(new Set(told), new Set(['change']));
  }));

test('a document that grows beyond two million characters is let go, and taken back when it shrinks', () =>
  withMirror(async mirror => {
    const document = await vscode.workspace.openTextDocument({ content: 'small\n', language: 'python' });
    const editor = await vscode.window.showTextDocument(document);
    const uri = document.uri.toString();
    await editor.edit(edit => edit.insert(new vscode.Position(1, 0), 'data = 12345678\n'.repeat(130_000)));
    assert.equal(mirror.get(uri), undefined);
    await editor.edit(edit => edit.delete(new vscode.Range(1, 0, document.lineCount, 0)));
    assertSame(document, mirror);
  }));

test('output channels and other views are no documents to complete', () =>
  withMirror(async mirror => {
    const channel = vscode.window.createOutputChannel('Wisp host tests');
    channel.appendLine('some output');
    channel.show();
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.deepEqual(
      mirror.all().filter(({ uri }) => uri.startsWith('output:')),
      [],
    );
    channel.dispose();
  }));
