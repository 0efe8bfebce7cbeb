import * as vscode from 'vscode';

/** A member access that ends a text, and what is written of the member's name. */
const ACCESS = /(?:\.|->|::)#?([\p{L}_$][\p{L}\p{N}_$]*)?$/u;
const NAME = /^[\p{L}\p{N}_$]+/u;
/** What an item of a language server's list is when it has a meaning; the rest are words of the text, and snippets. */
const MEMBERS: ReadonlySet<vscode.CompletionItemKind | undefined> = new Set([
  vscode.CompletionItemKind.Method,
  vscode.CompletionItemKind.Function,
  vscode.CompletionItemKind.Field,
  vscode.CompletionItemKind.Property,
  vscode.CompletionItemKind.Variable,
  vscode.CompletionItemKind.Constant,
  vscode.CompletionItemKind.Class,
  vscode.CompletionItemKind.Interface,
  vscode.CompletionItemKind.Module,
  vscode.CompletionItemKind.Enum,
  vscode.CompletionItemKind.EnumMember,
  vscode.CompletionItemKind.Struct,
  vscode.CompletionItemKind.Event,
  vscode.CompletionItemKind.Value,
]);

/**
 * The member that a text at a position begins with, and whether it is among those that the language servers list there;
 * undefined if it begins with none, or nobody can tell. It takes as long as they do.
 */
export async function memberAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  text: string,
): Promise<{ readonly name: string; readonly isKnown: boolean } | undefined> {
  const access = ACCESS.exec(document.lineAt(position).text.slice(0, position.character));
  const name = access && (access[1] ?? '') + (NAME.exec(text)?.[0] ?? '');
  if (!name) return undefined;
  const list = await vscode.commands.executeCommand<vscode.CompletionList | undefined>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  if (!list || list.isIncomplete) return undefined;
  const members = list.items.filter(({ kind }) => MEMBERS.has(kind)).map(nameOf);
  return members.length === 0 ? undefined : { name, isKnown: members.includes(name) };
}

/** `weigh` of `weigh()`, `#weigh` and `.weigh`. */
function nameOf({ label }: vscode.CompletionItem): string {
  const text = typeof label === 'string' ? label : label.label;
  return /[\p{L}_$][\p{L}\p{N}_$]*/u.exec(text)?.[0] ?? text;
}
